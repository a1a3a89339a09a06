// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.json.Attachments;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content of messages. Belongs to one request.
 */
final class ContentDecoder {

	private static final int PARTS = 10_000;

	private static final String TEXT = "text";

	private static final String FILE_ID = "file_id";

	private static final String PREFIX = "input.content.";

	private static final Set<String> OF_TEXTS = Set.of("type", TEXT, "cache_control");

	private static final Set<String> OF_ANSWERS = Set.of("type", TEXT, "refusal");

	private static final Set<String> OF_IMAGES = Set.of("type", "image_url", "detail");

	private static final Set<String> OF_FILES = Set.of("type", "file_url", "file_data", "filename");

	private final LeftOut leftOut;

	ContentDecoder(LeftOut leftOut) {
		this.leftOut = leftOut;
	}

	/** What a user says: texts, images and files, at least one. */
	List<ContentPart> user(RequestField content) {
		return parts(content, this::text);
	}

	/** What a tool says, which is a text for endpoints. */
	List<ContentPart> output(RequestField output) {
		return parts(output, (part) -> {
			this.leftOut.drop(part, OF_TEXTS, PREFIX);
			return new TextPart(part.get(TEXT).text());
		});
	}

	private TextPart text(RequestField part) {
		return new TextPart(part.get(TEXT).text()).withCacheControl(CacheMarks.of(part))
			.withState(this.leftOut.furtherState(part, OF_TEXTS, PREFIX));
	}

	private List<ContentPart> parts(RequestField content, Function<RequestField, TextPart> texts) {
		if (!content.isArray()) {
			return List.of(new TextPart(content.text()));
		}
		List<ContentPart> parts = new ArrayList<>();
		for (RequestField part : content.elements(PARTS)) {
			parts.add(switch (part.get("type").text()) {
				case "input_text" -> texts.apply(part);
				case "input_image" -> image(part);
				case "input_file" -> file(part);
				case "input_audio" -> throw part.get("type").unsupported("send text, images or files");
				default -> throw part.get("type").invalid("'input_text', 'input_image' or 'input_file'");
			});
		}
		if (parts.isEmpty()) {
			throw content.invalid("at least one part");
		}
		return parts;
	}

	private ImagePart image(RequestField part) {
		refuseId(part);
		this.leftOut.drop(part, OF_IMAGES, PREFIX);
		RequestField detail = part.get("detail");
		if (!detail.text("auto").equals("auto")) {
			this.leftOut.onlyFor("detail", Set.of(ApiKind.CHAT, ApiKind.RESPONSES));
		}
		return Attachments.image(part.get("image_url")).withDetail(detail.absent() ? null : detail.text());
	}

	private FilePart file(RequestField part) {
		refuseId(part);
		this.leftOut.drop(part, OF_FILES, PREFIX);
		RequestField link = part.get("file_url");
		RequestField name = part.get("filename");
		return Attachments.file(link.absent() ? part.get("file_data") : link, name);
	}

	/** A file that was uploaded is at one provider only. */
	private static void refuseId(RequestField part) {
		if (!part.get(FILE_ID).absent()) {
			throw part.get(FILE_ID).unsupported("send the file itself, or a link to it");
		}
	}

	/** Instructions: texts only. */
	List<TextPart> system(RequestField content) {
		if (!content.isArray()) {
			return List.of(new TextPart(content.text()));
		}
		List<TextPart> parts = new ArrayList<>();
		for (RequestField part : content.elements(PARTS)) {
			if (!part.get("type").text().equals("input_text")) {
				throw part.get("type").invalid("'input_text'");
			}
			parts.add(text(part));
		}
		if (parts.isEmpty()) {
			throw content.invalid("at least one part");
		}
		return parts;
	}

	/**
	 * What the model said earlier.
	 * @param content the content of its message
	 * @param state what else the message has, {@code null} for nothing
	 */
	List<AssistantPart> assistant(RequestField content, @Nullable ProviderState state) {
		if (!content.isArray()) {
			return List.of(new TextPart(content.text()).withState(state));
		}
		List<AssistantPart> parts = new ArrayList<>();
		for (RequestField part : content.elements(PARTS)) {
			this.leftOut.drop(part, OF_ANSWERS, PREFIX);
			parts.add(switch (part.get("type").text()) {
				case "output_text", "input_text" -> new TextPart(part.get(TEXT).text()).withState(state);
				case "refusal" -> new RefusalPart(part.get("refusal").text(), state);
				default -> throw part.get("type").invalid("'output_text' or 'refusal'");
			});
		}
		return parts;
	}

}
