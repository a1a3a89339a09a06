package io.github.fallbackai.gateway.completions;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a user's message.
 *
 * @param parts what every provider understands, at least one part
 * @param needsOriginal whether the client sent more than these can express
 * @param openAiOnly whether something is lost without the original
 */
record ContentParts(List<ContentPart> parts, boolean needsOriginal, boolean openAiOnly) {

	/** Documented parts that have no counterpart in this library, PDFs apart. */
	private static final Set<String> OPENAI_ONLY = Set.of("input_audio", "file");

	private static final int PARTS = 10_000;

	private static final int LONGEST_LINK = 16 * 1024;

	static ContentParts of(RequestField content) {
		List<ContentPart> parts = new ArrayList<>();
		boolean detailed = false;
		boolean openAiOnly = false;
		for (RequestField part : content.elements(PARTS)) {
			String type = part.get("type").text();
			if (type.equals("text")) {
				parts.add(new TextPart(part.get("text").text()).withCacheControl(CacheMarks.of(part)));
			}
			else if (type.equals("image_url")) {
				RequestField image = part.get("image_url");
				parts.add(image(image.get("url")).withCacheControl(CacheMarks.of(part)));
				detailed |= !image.get("detail").absent();
			}
			else if (OPENAI_ONLY.contains(type)) {
				part.get(type).object();
				FilePart file = type.equals("file") ? pdf(part.get(type)) : null;
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
		return new ContentParts(parts, detailed || openAiOnly, openAiOnly);
	}

	/** A file that many providers take, {@code null} for any other. */
	private static @Nullable FilePart pdf(RequestField file) {
		RequestField data = file.get("file_data");
		if (!data.isText() || !data.text().startsWith("data:" + FilePart.PDF)) {
			return null;
		}
		try {
			return new FilePart(new URI(data.text()))
				.withName(file.get("filename").absent() ? null : file.get("filename").text());
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			throw data.invalid("a data: URL in base64");
		}
	}

	private static ImagePart image(RequestField url) {
		try {
			ImagePart image = new ImagePart(new URI(url.text()));
			if (image.embedded() && !inBase64(image.uri().getRawSchemeSpecificPart())) {
				throw url.invalid("a data: URL in base64");
			}
			if (!image.embedded() && url.text().length() > LONGEST_LINK) {
				throw url.invalid("a URL of at most " + LONGEST_LINK + " characters");
			}
			return image;
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			throw url.invalid("an https:, http: or data: URL");
		}
	}

	/** Some providers want the parts of such a URL. */
	private static boolean inBase64(String content) {
		int comma = content.indexOf(',');
		return comma > 0 && content.startsWith(";base64", comma - ";base64".length());
	}

}
