// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Need;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a provider's words.
 *
 * @param kind the kind of failure
 * @param need what the request needs and the endpoint cannot do, {@code null} unless the
 * kind is {@link FailureKind#UNSUPPORTED}, or if that is not known
 */
public record Meaning(FailureKind kind, @Nullable Need need) {

	/** A failure that has nothing to do with what the request needs. */
	public static Meaning of(FailureKind kind) {
		return new Meaning(kind, null);
	}

	/** Something that the endpoint cannot do. */
	public static Meaning unsupported(@Nullable Need need) {
		return new Meaning(FailureKind.UNSUPPORTED, need);
	}

}
