// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * Reads what the user or a tool said and showed: texts, images, documents and search
 * results.
 */
final class ContentBlocks {

	/** Above the longest messages of agents. */
	static final int BLOCKS = 10_000;

	/** What blocks have that others get, or that {@code citations} says. */
	private static final Set<String> MEMBERS = Set.of("type", "text", "source", "title", "context", "content",
			"cache_control", "citations");

	private static final int LONGEST_LINK = 16 * 1024;

	private static final String NEWLINE = "\n";

	private ContentBlocks() {
	}

	/**
	 * Reads a block.
	 * @param block the block
	 * @param needs is told if other providers cannot get it
	 * @return what others get of it
	 */
	static List<ContentPart> read(RequestField block, Needs needs) {
		String type = block.get("type").text();
		needs.unknownMembers(block, MEMBERS, "messages.content.");
		switch (type) {
			case "text" -> {
				return List.of(new TextPart(block.get("text").text()).withCacheControl(CacheMarks.of(block)));
			}
			case "image" -> {
				return image(block, needs);
			}
			case "document" -> {
				return document(block, needs);
			}
			case "search_result" -> {
				return List.of(text(block, List.of(block.get("title").text(""), block.get("source").text(""),
						texts(block.get("content")))));
			}
			default -> {
				// Not from a list, so that a new kind reaches those that know it.
				needs.required(block, "this kind of block");
				return List.of();
			}
		}
	}

	private static List<ContentPart> image(RequestField block, Needs needs) {
		RequestField source = block.get("source");
		switch (source.get("type").text()) {
			case "base64" -> {
				RequestField data = source.get("data");
				String uri = "data:" + source.get("media_type").text() + ";base64," + data.text();
				return List.of(image(uri, data).withCacheControl(CacheMarks.of(block)));
			}
			case "url" -> {
				RequestField url = source.get("url");
				return List.of(image(link(url), url).withCacheControl(CacheMarks.of(block)));
			}
			default -> {
				needs.required(source, "this kind of source");
				return List.of();
			}
		}
	}

	private static ImagePart image(String uri, RequestField field) {
		try {
			return ImagePart.at(uri);
		}
		catch (IllegalArgumentException ex) {
			throw field.invalid("an image");
		}
	}

	private static String link(RequestField url) {
		if (url.text().startsWith("data:")) {
			throw url.invalid("a link; what is embedded has a source of the type 'base64'");
		}
		if (url.text().length() > LONGEST_LINK) {
			throw url.invalid("a URL of at most " + LONGEST_LINK + " characters");
		}
		return url.text();
	}

	private static List<ContentPart> document(RequestField block, Needs needs) {
		RequestField source = block.get("source");
		if (block.get("citations").get("enabled").flag(false)) {
			needs.leftOut("messages.content.citations");
		}
		String title = block.get("title").text("");
		String context = block.get("context").text("");
		List<ContentPart> parts = new ArrayList<>(2);
		switch (source.get("type").text()) {
			case "base64" -> {
				RequestField data = source.get("data");
				parts.add(file("data:" + source.get("media_type").text() + ";base64," + data.text(), title, data));
			}
			case "url" -> parts.add(file(link(source.get("url")), title, source.get("url")));
			case "text" -> {
				return List.of(text(block, List.of(title, context, source.get("data").text())));
			}
			case "content" -> {
				return List.of(text(block, List.of(title, context, texts(source.get("content")))));
			}
			default -> needs.required(source, "this kind of source");
		}
		if (!context.isEmpty()) {
			parts.add(0, new TextPart(context));
		}
		return parts;
	}

	private static FilePart file(String uri, String title, RequestField field) {
		try {
			return FilePart.at(uri).withName(title.isEmpty() ? null : title);
		}
		catch (IllegalArgumentException ex) {
			throw field.invalid("a document");
		}
	}

	private static TextPart text(RequestField block, List<String> lines) {
		String text = String.join(NEWLINE, lines.stream().filter((line) -> !line.isEmpty()).toList());
		return new TextPart(text).withCacheControl(CacheMarks.of(block));
	}

	/** A text, or the texts of blocks. */
	private static String texts(RequestField content) {
		if (!content.isArray()) {
			return content.text("");
		}
		List<String> texts = new ArrayList<>();
		content.elements(BLOCKS).forEach((block) -> texts.add(block.get("text").text("")));
		return String.join(NEWLINE, texts);
	}

}
