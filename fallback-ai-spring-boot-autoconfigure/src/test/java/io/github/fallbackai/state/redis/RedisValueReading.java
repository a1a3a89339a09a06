// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.fuzz.FuzzTarget;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A value in Redis, or a message, that another program wrote, is one of ours or nothing.
 * What is read can be written, and means the same then.
 */
public final class RedisValueReading implements FuzzTarget {

	private static final EndpointId ENDPOINT = new EndpointId("primary", "0123456789abcdef");

	private static final Duration LONGEST = Duration.ofDays(36500);

	@Override
	public void read(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		StoredValue value = StoredValue.parse(text, StateFormat.TIMERS);
		EndpointState state = (value != null) ? StateFormat.read(ENDPOINT, value) : null;
		if (state != null) {
			check(state);
			StoredValue again = again(StateFormat.write(state), StateFormat.TIMERS);
			assertThat(StateFormat.read(ENDPOINT, again)).isEqualTo(state);
		}
		value = StoredValue.parse(text, DecisionFormat.TIMERS);
		OperatorDecision decision = (value != null) ? DecisionFormat.read(ENDPOINT, value) : null;
		if (decision != null) {
			check(decision);
			StoredValue again = again(DecisionFormat.write(decision), DecisionFormat.TIMERS);
			assertThat(DecisionFormat.read(ENDPOINT, again)).isEqualTo(decision);
		}
		EndpointState told = RedisChannel.read(text, RedisChannel.STATE, StateFormat.TIMERS, StateFormat::read);
		if (told != null) {
			check(told);
		}
		OperatorDecision decided = RedisChannel.read(text, RedisChannel.DECISION, DecisionFormat.TIMERS,
				DecisionFormat::read);
		if (decided != null) {
			check(decided);
		}
	}

	/** As the scripts answer. */
	private static StoredValue again(StoredValue written, int timers) {
		StoredValue read = StoredValue.parse(String.join(" ", written.timerMillis()) + ' '
				+ StoredValue.digits(written.version()) + ' ' + written.text(), timers);
		assertThat(read).isNotNull();
		return read;
	}

	private static void check(EndpointState state) {
		assertThat(state.breaker().remaining()).isBetween(Duration.ZERO, LONGEST);
		assertThat(state.breaker().openings()).isNotNegative();
		if (state.coolDown() != null) {
			assertThat(state.coolDown().remaining()).isBetween(Duration.ZERO, LONGEST);
		}
		assertFitsIntoALine(state.origin());
	}

	private static void check(OperatorDecision decision) {
		assertFitsIntoALine(decision.origin());
		if (decision.disabling() != null) {
			assertFitsIntoALine(decision.disabling().reason());
			Duration remaining = decision.disabling().remaining();
			assertThat(remaining == null || !remaining.isNegative()).isTrue();
		}
	}

	private static void assertFitsIntoALine(@Nullable String text) {
		if (text != null) {
			assertThat(text).hasSizeLessThanOrEqualTo(512)
				.doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
		}
	}

}
