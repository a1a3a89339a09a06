// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one tool call that have arrived. Belongs to one answer. {@code toString()}
 * hides the arguments.
 */
public final class ToolCallParts {

	/**
	 * Some gateways put a whole thought signature into the id.
	 */
	private static final int LONGEST_ID = 64 * 1024;

	private static final int LONGEST_NAME = 1024;

	/** A {@code null} and white space around it. */
	private static final int LONGEST_NULL = 64;

	private String id;

	private String name;

	private final StringBuilder arguments = new StringBuilder();

	private final ObjectScan scan = new ObjectScan();

	/** Whether closed arguments are a JSON object, {@code null} until that was tried. */
	private @Nullable Boolean object;

	private @Nullable ProviderState state;

	/** The whole call; {@code null} if it was not asked for, or has grown since then. */
	private @Nullable ToolCall read;

	/**
	 * Begins a call.
	 * @param id its id, empty if it is not known yet
	 * @param name name of the tool, empty if it is not known yet
	 */
	public ToolCallParts(String id, String name) {
		this.id = bounded("id", id, LONGEST_ID);
		this.name = bounded("name", name, LONGEST_NAME);
	}

	/** The id, empty if it is not known yet. */
	public String id() {
		return this.id;
	}

	/** The name, empty if it is not known yet. */
	public String name() {
		return this.name;
	}

	/**
	 * Sets id and name if they are not known yet.
	 * @param id the id, possibly empty
	 * @param name the name, possibly empty
	 */
	public void identify(String id, String name) {
		if (this.id.isEmpty() || this.name.isEmpty()) {
			this.id = this.id.isEmpty() ? bounded("id", id, LONGEST_ID) : this.id;
			this.name = this.name.isEmpty() ? bounded("name", name, LONGEST_NAME) : this.name;
			this.read = null;
		}
	}

	private static String bounded(String what, String text, int longest) {
		if (text.length() > longest) {
			throw new IllegalArgumentException(
					what + " of a tool call: " + text.length() + " characters (expected: <= " + longest + ")");
		}
		return text;
	}

	/**
	 * Adds more of the arguments' text. White space after a closed object says nothing
	 * and is left out.
	 * @param more a text, or an object, which counts as its own text
	 */
	public void addArguments(JsonNode more) {
		String text = more.isObject() ? more.toString() : more.asText("");
		if (!text.isEmpty() && !(this.scan.closed() && text.isBlank())) {
			this.scan.accept(text);
			this.arguments.append(text);
			this.object = null;
			this.read = null;
		}
	}

	/** Whether any of the arguments came. */
	public boolean hasArguments() {
		return !this.scan.blank();
	}

	/** Sets what the provider wants back with the call. */
	public void state(ProviderState state) {
		this.state = state;
		this.read = null;
	}

	/**
	 * Whether the arguments are a JSON object, to which nothing can be added. They are
	 * parsed once, when the object is closed.
	 */
	public boolean hasWholeArguments() {
		if (!this.scan.closed()) {
			return false;
		}
		if (this.object == null) {
			this.object = ProviderJson.isObject(this.arguments.toString());
		}
		return this.object;
	}

	/**
	 * The call, if it has an id, a name and arguments that are a JSON object. Other calls
	 * were cut or are garbage. Missing arguments, or {@code null}, are an empty object.
	 * @return the call, or {@code null} if it is not whole
	 */
	@Nullable ToolCall whole() {
		if (this.read == null) {
			this.read = read();
		}
		return this.read;
	}

	private @Nullable ToolCall read() {
		if (this.id.isEmpty() || this.name.isEmpty()) {
			return null;
		}
		if (hasWholeArguments()) {
			return new ToolCall(this.id, this.name, this.arguments.toString()).withState(this.state);
		}
		return missing() ? new ToolCall(this.id, this.name, "{}").withState(this.state) : null;
	}

	private boolean missing() {
		return this.scan.blank()
				|| (this.arguments.length() <= LONGEST_NULL && this.arguments.toString().strip().equals("null"));
	}

	@Override
	public String toString() {
		return "ToolCallParts[" + this.name + "]";
	}

}
