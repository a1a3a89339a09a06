// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.drill.Drill;
import io.github.fallbackai.drill.DrillFault;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * What an operator writes about a drill.
 *
 * @param values the parameters by name, without those of every operation
 */
record DrillParameters(Map<String, String> values) {

	/** The action. */
	static final String ACTION = "drill";

	/** The fault that ends a drill. */
	static final String OFF = "off";

	private static final Set<String> NAMES = Set.of("fault", "calls", "share", "only", "after");

	private static final String FAULTS = "one of 429, 500, hang, cut, off";

	/** Takes the parameters of a drill out of those of an operation. */
	static @Nullable DrillParameters takenFrom(Map<String, Object> arguments) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String name : NAMES) {
			Object value = arguments.remove(name);
			if (value != null) {
				values.put(name, value.toString());
			}
		}
		return values.isEmpty() ? null : new DrillParameters(values);
	}

	/** Refuses them, because they belong to another operation. */
	InvalidEndpointRequestException outOfPlace() {
		Map.Entry<String, String> first = this.values.entrySet().iterator().next();
		return Operation.invalid(first.getKey(), first.getValue(), "only with the action " + ACTION);
	}

	/** Whether the drill shall end. */
	boolean ends() {
		return OFF.equals(this.values.get("fault"));
	}

	/**
	 * Reads the drill.
	 * @param length for how long
	 * @param reason why
	 * @throws InvalidEndpointRequestException if it is none
	 */
	Drill drill(@Nullable String length, @Nullable String reason) {
		String fault = this.values.get("fault");
		if (fault == null) {
			throw Operation.invalid("fault", "missing", FAULTS);
		}
		Drill.Builder drill = Drill
			.of(DrillFault.of(fault).orElseThrow(() -> Operation.invalid("fault", fault, FAULTS)));
		try {
			if (length != null) {
				drill.length(Operation.length(length.strip()));
			}
			if (this.values.containsKey("calls")) {
				drill.calls(whole("calls"));
			}
			if (this.values.containsKey("after")) {
				drill.after(whole("after"));
			}
			if (this.values.containsKey("share")) {
				drill.share(share());
			}
			return drill.only(this.values.get("only")).reason(reason).build();
		}
		catch (IllegalArgumentException ex) {
			String message = Operation.line(String.valueOf(ex.getMessage()));
			throw new InvalidEndpointRequestException(message, message);
		}
	}

	private int whole(String name) {
		String text = this.values.getOrDefault(name, "");
		try {
			return Integer.parseInt(text.strip());
		}
		catch (NumberFormatException ex) {
			throw Operation.invalid(name, text, "a whole number");
		}
	}

	private double share() {
		String text = this.values.getOrDefault("share", "");
		try {
			return Double.parseDouble(text.strip());
		}
		catch (NumberFormatException ex) {
			throw Operation.invalid("share", text, "> 0 and at most 1");
		}
	}

}
