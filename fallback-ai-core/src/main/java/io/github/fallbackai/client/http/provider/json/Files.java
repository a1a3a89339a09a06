// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import java.util.function.Function;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.UserMessage;
import org.jspecify.annotations.Nullable;

/**
 * The files of a request. Formats differ in which they take.
 */
public final class Files {

	private Files() {
	}

	/**
	 * Looks for a file that a format cannot express.
	 * @param request the request
	 * @param reason says why, {@code null} for a file that the format can express
	 * @return the first reason, {@code null} if there is none
	 */
	public static @Nullable String unsupported(ChatRequest request, Function<FilePart, @Nullable String> reason) {
		for (ChatMessage message : request.messages()) {
			if (message instanceof UserMessage user) {
				for (ContentPart part : user.parts()) {
					String found = (part instanceof FilePart file) ? reason.apply(file) : null;
					if (found != null) {
						return found;
					}
				}
			}
		}
		return null;
	}

	/** The name of a file; APIs that take bytes want one. */
	public static String name(FilePart file) {
		String name = file.name();
		if (name != null) {
			return name;
		}
		return FilePart.PDF.equals(file.mediaType()) ? "file.pdf" : "file";
	}

}
