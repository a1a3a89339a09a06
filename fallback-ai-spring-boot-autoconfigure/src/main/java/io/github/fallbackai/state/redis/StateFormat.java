// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.CoolDown;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's state in Redis: {@code open|closed}, openings in a row, cause of the
 * cool-down or {@code -}, the instance that published it; timers for opening and
 * cool-down.
 */
final class StateFormat {

	static final int TIMERS = 2;

	private static final String OPEN = "open";

	private static final String CLOSED = "closed";

	private static final String NO_COOL_DOWN = "-";

	private static final Pattern KIND = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

	private static final Map<String, FailureKind> KINDS = Arrays.stream(FailureKind.values())
		.collect(Collectors.toMap(FailureKind::name, Function.identity()));

	private StateFormat() {
	}

	static StoredValue write(EndpointState state) {
		BreakerVerdict breaker = state.breaker();
		CoolDown coolDown = state.coolDown();
		List<String> words = List.of(breaker.open() ? OPEN : CLOSED, Integer.toString(breaker.openings()),
				(coolDown != null) ? coolDown.cause().name() : NO_COOL_DOWN, OptionalWord.encode(state.origin()));
		return new StoredValue(state.version(), words,
				List.of(breaker.remaining(), (coolDown != null) ? coolDown.remaining() : Duration.ZERO));
	}

	/**
	 * Reads a state.
	 * @return the state, or {@code null} if the value is not one
	 */
	static @Nullable EndpointState read(EndpointId endpoint, StoredValue value) {
		List<String> words = value.words();
		if (words.size() < 4 || !(words.get(0).equals(OPEN) || words.get(0).equals(CLOSED))) {
			return null;
		}
		try {
			boolean open = words.get(0).equals(OPEN);
			BreakerVerdict breaker = new BreakerVerdict(open, Integer.parseInt(words.get(1)),
					open ? value.timers().get(0) : Duration.ZERO);
			return new EndpointState(endpoint, value.version(), breaker, coolDown(words.get(2), value.timers().get(1)),
					OptionalWord.decode(words.get(3)));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable CoolDown coolDown(String cause, Duration remaining) {
		return (cause.equals(NO_COOL_DOWN) || remaining.isZero()) ? null : new CoolDown(kind(cause), remaining);
	}

	/**
	 * A kind that only a newer version knows still cools down the endpoint. It is what
	 * {@link FailureKind#REFUSED_UNEXPLAINED} means: a reason that no table knows.
	 */
	private static FailureKind kind(String name) {
		if (!KIND.matcher(name).matches()) {
			throw new IllegalArgumentException("not a kind of failure");
		}
		return KINDS.getOrDefault(name, FailureKind.REFUSED_UNEXPLAINED);
	}

}
