// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.util.regex.Pattern;

import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said about a failure, made safe for the end of a log line.
 */
final class ProviderWords {

	private static final int MAX_LENGTH = 500;

	/**
	 * Characters that end a line, move a cursor or change the direction of writing. With
	 * them, a provider could change other lines of the log.
	 */
	private static final Pattern GAP = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Z}\\p{Cs}]+");

	private ProviderWords() {
	}

	/**
	 * Quotes the provider.
	 * @param failure why an attempt failed, {@code null} if it did not
	 * @return the quotation with a separator before it; empty if there is none, or if it
	 * is about a key, because it may quote the key
	 */
	static String of(@Nullable Failure failure) {
		String words = (failure != null) ? failure.providerMessage() : null;
		if (failure == null || words == null || failure.kind() == FailureKind.AUTHENTICATION) {
			return "";
		}
		String line = GAP.matcher(words).replaceAll(" ").strip();
		return line.isEmpty() ? "" : " provider: " + shortened(line);
	}

	private static String shortened(String line) {
		if (line.length() <= MAX_LENGTH) {
			return line;
		}
		int end = Character.isHighSurrogate(line.charAt(MAX_LENGTH - 2)) ? MAX_LENGTH - 2 : MAX_LENGTH - 1;
		return line.substring(0, end) + '\u2026';
	}

}
