// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.fallbackai.client.http.wire.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * Reads rate limits from response headers: OpenAI's and Azure's <a href=
 * "https://platform.openai.com/docs/guides/rate-limits">{@code x-ratelimit-remaining-*}</a>
 * with resets like {@code 6m0s}, Anthropic's <a href=
 * "https://docs.anthropic.com/en/api/rate-limits">{@code anthropic-ratelimit-*}</a> with
 * resets in RFC 3339, and the {@code ratelimit-*} of an IETF draft with resets in
 * seconds, or as a point in time. Values that are negative, longer than a year or
 * unreadable are ignored.
 */
public final class RateLimits {

	private static final List<Bucket> BUCKETS = Stream.concat(
			Stream.of(new Bucket("ratelimit-remaining", "ratelimit-reset"),
					new Bucket("x-ratelimit-remaining", "x-ratelimit-reset"),
					new Bucket("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
					new Bucket("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens")),
			Stream.of("requests", "tokens", "input-tokens", "output-tokens")
				.map((what) -> "anthropic-ratelimit-" + what)
				.map((prefix) -> new Bucket(prefix + "-remaining", prefix + "-reset")))
		.toList();

	private static final Pattern ZERO = Pattern.compile("0+(\\.0*)?");

	private static final Pattern COMPOUND = Pattern
		.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:ms|us|ns|d|h|m|s)){1,6}");

	private static final Pattern PART = Pattern.compile("([0-9.]+)(ms|us|ns|d|h|m|s)");

	/** Smaller numbers are seconds to wait, larger ones are points in time. */
	private static final BigDecimal LEAST_EPOCH_SECOND = BigDecimal.valueOf(1_000_000_000L);

	private static final BigDecimal LEAST_EPOCH_MILLI = BigDecimal.valueOf(1_000_000_000_000L);

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

	private RateLimits() {
	}

	/**
	 * How long until a limit that is used up allows further requests.
	 * @param head the response's head
	 * @return the longest such time, or {@code null} if no limit is known to be used up
	 */
	public static @Nullable Duration exhaustedFor(ResponseHead head) {
		return exhaustedFor(head, Instant.now());
	}

	static @Nullable Duration exhaustedFor(ResponseHead head, Instant now) {
		return longest(head, now, (remaining) -> remaining != null && ZERO.matcher(remaining.strip()).matches());
	}

	/**
	 * How long to wait after a rate limit refused a request: the same as
	 * {@link #exhaustedFor}, or the time of a reset header that comes without a remaining
	 * one.
	 */
	static @Nullable Duration retryAfter(ResponseHead head, Instant now) {
		Duration exhausted = exhaustedFor(head, now);
		return (exhausted != null) ? exhausted : longest(head, now, Objects::isNull);
	}

	private static @Nullable Duration longest(ResponseHead head, Instant now, RemainingTest counts) {
		Duration longest = null;
		for (Bucket bucket : BUCKETS) {
			Duration reset = counts.test(head.header(bucket.remaining())) ? reset(head, bucket, now) : null;
			if (reset != null && (longest == null || reset.compareTo(longest) > 0)) {
				longest = reset;
			}
		}
		return longest;
	}

	private static @Nullable Duration reset(ResponseHead head, Bucket bucket, Instant now) {
		String header = head.header(bucket.reset());
		return (header != null) ? reset(header, head, now) : null;
	}

	/** A number of seconds, a compound of units, or a point in time. */
	static @Nullable Duration reset(String text, ResponseHead head, Instant now) {
		String value = text.strip();
		if (NUMBER.matcher(value).matches()) {
			return number(new BigDecimal(value), head, now);
		}
		return COMPOUND.matcher(value).matches() ? RetryAfter.withinBounds(compound(value))
				: RetryAfter.until(instant(value), head.header("Date"), now);
	}

	private static @Nullable Duration number(BigDecimal value, ResponseHead head, Instant now) {
		if (value.compareTo(LEAST_EPOCH_SECOND) < 0) {
			return RetryAfter.withinBounds(Duration.ofMillis(value.movePointRight(3).longValue()));
		}
		boolean millis = value.compareTo(LEAST_EPOCH_MILLI) >= 0;
		long epochMillis = (millis ? value : value.movePointRight(3)).longValue();
		return RetryAfter.until(Instant.ofEpochMilli(epochMillis), head.header("Date"), now);
	}

	private static Duration compound(String value) {
		BigDecimal nanos = BigDecimal.ZERO;
		for (Matcher part = PART.matcher(value); part.find();) {
			nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosPer(part.group(2)))));
		}
		return Duration.ofNanos(nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
	}

	private static long nanosPer(String unit) {
		return switch (unit) {
			case "d" -> Duration.ofDays(1).toNanos();
			case "h" -> Duration.ofHours(1).toNanos();
			case "m" -> Duration.ofMinutes(1).toNanos();
			case "s" -> Duration.ofSeconds(1).toNanos();
			case "ms" -> Duration.ofMillis(1).toNanos();
			case "us" -> 1000;
			default -> 1;
		};
	}

	private static @Nullable Instant instant(String value) {
		try {
			return OffsetDateTime.parse(value).toInstant();
		}
		catch (DateTimeException ex) {
			return RetryAfter.instant(value);
		}
	}

	/**
	 * Decides by what remains whether a limit counts.
	 */
	private interface RemainingTest {

		boolean test(@Nullable String remaining);

	}

	/**
	 * The headers of one limit.
	 */
	private record Bucket(String remaining, String reset) {

	}

}
