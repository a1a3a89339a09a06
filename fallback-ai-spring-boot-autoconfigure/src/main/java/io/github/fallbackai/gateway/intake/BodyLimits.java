// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.time.Duration;

/**
 * What a body may be.
 *
 * @param bytes most bytes
 * @param values most values and names of members: each of them takes memory that has
 * nothing to do with its bytes
 * @param characters most characters, embedded images, audio and files apart
 * @param nesting most objects and lists within one another
 * @param pause how long the body may pause; from that time on it has to come at a rate
 * @param bytesPerSecond that rate
 */
public record BodyLimits(long bytes, int values, int characters, int nesting, Duration pause, int bytesPerSecond) {

	/** Far above what conversations with many tools have. */
	public static final int VALUES = 250_000;

	/** What is text among them is bounded by itself, when it is known. */
	private static final int CHARACTERS = 10_000_000;

	/** Schemas of tools are seldom nested deeper than ten levels. */
	public static final int NESTING = 100;

	/** A slow uplink. */
	private static final int BYTES_PER_SECOND = 32 * 1024;

	/**
	 * The usual limits of shape and rate.
	 * @param bytes most bytes
	 * @param pause how long the body may pause
	 */
	public static BodyLimits of(long bytes, Duration pause) {
		return new BodyLimits(bytes, VALUES, CHARACTERS, NESTING, pause, BYTES_PER_SECOND);
	}

	/** When a body would be too slow if nothing more came, in nanoseconds. */
	long tooSlowAt(long startedAt, long latestAt, long received) {
		long pause = this.pause.toNanos();
		long behind = startedAt + pause + received * 1_000_000_000L / this.bytesPerSecond;
		return startedAt + Math.min(latestAt + pause - startedAt, behind - startedAt);
	}

	RefusedBodyException tooManyCharacters() {
		return new RefusedBodyException(RefusedBodyException.Reason.TOO_LONG, "The request has more than "
				+ this.characters + " characters, embedded images, audio and files apart.");
	}

	/** It has more bytes than this allows. */
	public RefusedBodyException tooLarge() {
		return new RefusedBodyException(RefusedBodyException.Reason.TOO_LARGE,
				"The request has more than " + this.bytes + " bytes.");
	}

}
