package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.Rest;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's state in Redis: {@code open|closed}, openings in a row, cause of the rest
 * or {@code -}, the instance that said so; timers for opening and rest.
 */
final class StateFormat {

	static final int TIMERS = 2;

	private static final String OPEN = "open";

	private static final String CLOSED = "closed";

	private static final String NO_REST = "-";

	private StateFormat() {
	}

	static StoredValue write(EndpointState state) {
		BreakerVerdict breaker = state.breaker();
		Rest rest = state.rest();
		List<String> words = List.of(breaker.open() ? OPEN : CLOSED, Integer.toString(breaker.openings()),
				(rest != null) ? rest.cause().name() : NO_REST, OptionalWord.encode(state.origin()));
		return new StoredValue(state.version(), words,
				List.of(breaker.remaining(), (rest != null) ? rest.remaining() : Duration.ZERO));
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
			return new EndpointState(endpoint, value.version(), breaker, rest(words.get(2), value.timers().get(1)),
					OptionalWord.decode(words.get(3)));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable Rest rest(String cause, Duration remaining) {
		return (cause.equals(NO_REST) || remaining.isZero()) ? null : new Rest(FailureKind.valueOf(cause), remaining);
	}

}
