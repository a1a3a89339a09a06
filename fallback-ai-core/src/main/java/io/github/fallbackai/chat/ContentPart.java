// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a user's message. {@code toString()} of every part hides its content.
 */
public sealed interface ContentPart permits TextPart, ImagePart, FilePart {

	/** The mark that asks the provider to keep everything up to here, or {@code null}. */
	@Nullable CacheControl cacheControl();

	/**
	 * The same part with a mark.
	 * @param cacheControl the mark, {@code null} for none
	 * @return the part
	 */
	ContentPart withCacheControl(@Nullable CacheControl cacheControl);

}
