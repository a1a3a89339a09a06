// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.gateway.json.Attachments;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * The parts of a user's message.
 *
 * @param parts what every provider understands, at least one part
 * @param openAiOnly whether the client sent more than these can express
 */
record ContentParts(List<ContentPart> parts, boolean openAiOnly) {

	/** Documented parts that have no counterpart in this library, PDFs apart. */
	private static final Set<String> OPENAI_ONLY = Set.of("input_audio", "file");

	private static final int PARTS = 10_000;

	static ContentParts of(RequestField content) {
		List<ContentPart> parts = new ArrayList<>();
		boolean openAiOnly = false;
		for (RequestField part : content.elements(PARTS)) {
			String type = part.get("type").text();
			if (type.equals("text")) {
				parts.add(new TextPart(part.get("text").text()).withCacheControl(CacheMarks.of(part)));
			}
			else if (type.equals("image_url")) {
				RequestField image = part.get("image_url");
				RequestField detail = image.get("detail");
				parts.add(Attachments.image(image.get("url"))
					.withDetail(detail.absent() ? null : detail.text())
					.withCacheControl(CacheMarks.of(part)));
			}
			else if (OPENAI_ONLY.contains(type)) {
				part.get(type).object();
				FilePart file = type.equals("file")
						? Attachments.pdf(part.get(type).get("file_data"), part.get(type).get("filename")) : null;
				if (file != null) {
					parts.add(file.withCacheControl(CacheMarks.of(part)));
				}
				openAiOnly |= file == null;
			}
			else {
				throw part.get("type").invalid("'text', 'image_url', 'input_audio' or 'file'");
			}
		}
		if (parts.isEmpty()) {
			if (!openAiOnly) {
				throw content.invalid("at least one part");
			}
			parts.add(new TextPart(""));
		}
		return new ContentParts(parts, openAiOnly);
	}

}
