// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import io.github.fallbackai.client.http.wire.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks to wait: {@code retry-after-ms}, which OpenAI and Azure send,
 * or {@code Retry-After} in seconds or as a date (RFC 9110, section 10.2.3), the longer
 * of both, or, where a rate limit comes without either, the reset of the limit. Whatever
 * the time, no endpoint cools down for longer than {@code cool-down.max}. Values that are
 * zero, negative, unreadable or longer than a year, for example a point in time instead
 * of a number of seconds, are ignored.
 */
final class RetryAfter {

	private static final Duration MAX = Duration.ofDays(365);

	private static final Duration ONE_SECOND = Duration.ofSeconds(1);

	/** The formats of HTTP dates, today's and older ones (RFC 9110, section 5.6.7). */
	private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
			obsolete("EEEE, dd-MMM-yy HH:mm:ss 'GMT'"), obsolete("EEE MMM ppd HH:mm:ss yyyy"));

	private static final int MAX_DIGITS = 18;

	private RetryAfter() {
	}

	static @Nullable Duration of(ResponseHead head, Instant now) {
		Duration asked = asked(head, now);
		return (asked == null && head.status() == 429) ? RateLimits.retryAfter(head, now) : asked;
	}

	private static @Nullable Duration asked(ResponseHead head, Instant now) {
		Duration exactly = amount(head.header("retry-after-ms"), 1);
		Duration roughly = roughly(head, now);
		if (exactly == null || roughly == null) {
			return (exactly != null) ? exactly : roughly;
		}
		// The seconds are usually the milliseconds, rounded up.
		return (roughly.minus(exactly).compareTo(ONE_SECOND) < 0) ? exactly : roughly;
	}

	private static @Nullable Duration roughly(ResponseHead head, Instant now) {
		String value = head.header("Retry-After");
		Duration seconds = seconds(value);
		return (seconds != null) ? seconds : until(instant(value), head.header("Date"), now);
	}

	/** Seconds, possibly with decimals. */
	static @Nullable Duration seconds(@Nullable String value) {
		return amount(value, 1000);
	}

	private static @Nullable Duration amount(@Nullable String value, int millisPerUnit) {
		// The length is checked first, because numbers like 1e999999999 are cheap to send
		// and expensive to compute.
		if (value == null || value.length() > MAX_DIGITS || !value.strip().matches("[0-9]+(\\.[0-9]*)?")) {
			return null;
		}
		BigDecimal millis = new BigDecimal(value.strip()).multiply(BigDecimal.valueOf(millisPerUnit));
		return withinBounds(Duration.ofMillis(millis.min(BigDecimal.valueOf(MAX.toMillis() + 1)).longValue()));
	}

	/**
	 * The time until an instant.
	 * @param target the instant, {@code null} if there is none
	 * @param date the response's {@code Date} header
	 * @param now the time on this machine
	 */
	static @Nullable Duration until(@Nullable Instant target, @Nullable String date, Instant now) {
		if (target == null) {
			return null;
		}
		// If the server sends its own time, the difference is right even if a clock is
		// wrong.
		Instant serverNow = instant(date);
		return withinBounds(Duration.between((serverNow != null) ? serverNow : now, target));
	}

	/** Reads a date in one of the formats of HTTP. */
	static @Nullable Instant instant(@Nullable String value) {
		if (value == null) {
			return null;
		}
		for (DateTimeFormatter format : DATES) {
			Instant instant = instant(format, value.strip());
			if (instant != null) {
				return instant;
			}
		}
		return null;
	}

	private static @Nullable Instant instant(DateTimeFormatter format, String value) {
		try {
			return format.parse(value, Instant::from);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static DateTimeFormatter obsolete(String pattern) {
		return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
	}

	/** The duration, or {@code null} if it is zero, negative or far too long. */
	static @Nullable Duration withinBounds(Duration duration) {
		return (duration.isNegative() || duration.isZero() || duration.compareTo(MAX) > 0) ? null : duration;
	}

}
