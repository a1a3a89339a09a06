// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Need;

/**
 * The form in which an endpoint is asked for JSON. If the request allows that, an
 * endpoint that cannot follow a schema gets it as an instruction, and is asked for any
 * JSON object, or else for text.
 */
public final class AnswerForm {

	private static final Set<Need> FORMS = EnumSet.of(Need.JSON_SCHEMA, Need.JSON_OBJECT);

	private static final String INSTRUCTION = "Answer with one JSON object and with nothing else. "
			+ "The object must follow this JSON schema:\n";

	private AnswerForm() {
	}

	/** The request in the form that the endpoint can answer. */
	static ChatRequest of(ChatRequest request, Candidate candidate) {
		ResponseFormat format = request.responseFormat();
		String schema = format.schema();
		if (schema == null || !request.options().schemaInPrompt() || follows(candidate)) {
			return request;
		}
		ChatRequest inWords = request.toBuilder()
			.replaceMessages(instructed(request.messages(), INSTRUCTION + schema))
			.responseFormat(ResponseFormat.JSON_OBJECT)
			.build();
		boolean object = !refuses(candidate, ResponseFormat.Type.JSON_OBJECT, Need.JSON_OBJECT)
				&& candidate.client().unsupported(inWords) == null;
		return object ? inWords : inWords.toBuilder().responseFormat(ResponseFormat.TEXT).build();
	}

	/**
	 * Whether an endpoint refused the form of a request that may be asked in another one.
	 * @param sent the request as it was sent
	 * @param failure how the endpoint refused it
	 * @return whether a simpler form is left
	 */
	public static boolean refused(ChatRequest sent, Failure failure) {
		Need need = failure.need();
		return sent.options().schemaInPrompt() && sent.responseFormat().structured()
				&& failure.kind() == FailureKind.UNSUPPORTED && need != null && FORMS.contains(need);
	}

	private static boolean follows(Candidate candidate) {
		return candidate.endpoint().capabilities().contains(Capability.JSON_SCHEMA)
				&& !refuses(candidate, ResponseFormat.Type.JSON_SCHEMA, Need.JSON_SCHEMA);
	}

	private static boolean refuses(Candidate candidate, ResponseFormat.Type form, Need need) {
		return candidate.experience().schemas().refuses(form) || candidate.unmetNeeds().contains(need);
	}

	/**
	 * The instruction follows the caller's own. Some models take only one system message,
	 * and only as the first.
	 */
	private static List<ChatMessage> instructed(List<ChatMessage> messages, String instruction) {
		List<ChatMessage> all = new ArrayList<>(messages);
		if (all.get(0) instanceof SystemMessage system) {
			all.set(0, followed(system, "\n\n" + instruction));
		}
		else {
			all.add(0, ChatMessage.system(instruction));
		}
		return all;
	}

	/** Only marks for a cache need parts, which not every server reads. */
	private static SystemMessage followed(SystemMessage system, String instruction) {
		if (system.parts().stream().allMatch((part) -> part.cacheControl() == null)) {
			return new SystemMessage(system.text() + instruction);
		}
		List<TextPart> parts = new ArrayList<>(system.parts());
		parts.add(new TextPart(instruction));
		return new SystemMessage(parts);
	}

}
