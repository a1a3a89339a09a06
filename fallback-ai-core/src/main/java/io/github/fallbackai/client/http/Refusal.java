// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.fallbackai.client.http.provider.NamedParts;
import io.github.fallbackai.client.http.provider.RefusalText;
import io.github.fallbackai.client.http.provider.RejectedParameter;
import io.github.fallbackai.client.http.provider.catalogue.ApiWords;
import io.github.fallbackai.client.http.provider.catalogue.LimitWords;
import io.github.fallbackai.client.http.provider.catalogue.Parameters;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Need;
import org.jspecify.annotations.Nullable;

/**
 * A response that is no success. A dialect may not be able to explain it without the
 * request, so it is explained here: the endpoint cannot do what the request needs, or a
 * change would make the request acceptable, or the caller made a mistake, if the provider
 * names something that the request really has.
 *
 * @param failure what it means
 * @param correction the change by which the request may be accepted
 */
record Refusal(Failure failure, Optional<Correction> correction) {

	/** The kinds of failure that a model's need of another API may look like. */
	private static final Set<FailureKind> OTHER_API_HELPS = EnumSet.of(FailureKind.UNSUPPORTED,
			FailureKind.REFUSED_UNEXPLAINED, FailureKind.INVALID_REQUEST, FailureKind.MODEL_UNAVAILABLE);

	/** OpenAI's models without streaming, and organizations that may not stream. */
	private static final Pattern NO_STREAM = pattern("\\bto stream\\b|['`\"]stream['`\"] (?:does not|is not)"
			+ "|\\bstream(?:ing)?(?: mode| response| responses)? (?:is|are) (?:not|currently not|disabled|unsupported)"
			+ "|\\b(?:not|n't) support stream|\\bin streaming mode\\b|\\b(?:cannot|can't) (?:be )?stream"
			+ "|\\bstream\\b.{0,24}\\bfalse\\b|\\bcannot use \\w+ (?:with|and|in) stream|\\bstream ?= ?true is not|\\bunsupported\\b.{0,40}\\bstream");

	/** DashScope's models that only stream; Fireworks for long answers. */
	private static final Pattern ONLY_STREAM = pattern("\\bonly (?:\\w+ )?supports? (?:\\w+ )?stream"
			+ "|\\bonly supports? streaming\\b|\\bmust have stream ?= ?true|\\bstream['`\"]? must be (?:set to )?true"
			+ "|\\bnon-streaming (?:calls?|requests?)\\b|\\bstreaming is (?:strongly recommended|required)|\\brequires? stream");

	/** Mistral, vLLM and mlx; Anthropic; Bedrock; OpenAI. */
	private static final Pattern TOOL_CALL_ID = pattern(
			"\\btool[ _]?(?:call|use)[ _.]?id\\b|\\bcall_id\\b|\\btool_calls?\\S{0,20}\\.id\\b"
					+ "|\\btoolUseId\\b|\\btool_use\\.id\\b");

	private static final Pattern OF_ITS_FORM = pattern(
			"\\blength\\b|\\blong\\b|\\bpattern\\b|\\ba-z\\b|\\bcharacters?\\b"
					+ "|\\bformat\\b|\\balphanumeric\\b|\\bregular expression\\b");

	/** Servers that take messages as text only, without parts. */
	private static final Pattern TEXT_ONLY = pattern(
			"\\b(?:valid|be a|expected a?) ?string\\b|\\binvalid type: sequence\\b" + "|\\bcannot unmarshal array\\b");

	static Refusal of(Failure failure, ResponseHead head, byte[] body, SentRequest sent) {
		if (sent.otherApi() && OTHER_API_HELPS.contains(failure.kind())
				&& ApiWords.wantOtherApi(RefusalText.of(head, body).words())) {
			return new Refusal(failure.as(FailureKind.UNSUPPORTED, null), Optional.of(new Correction.OtherApi()));
		}
		return switch (failure.kind()) {
			case UNSUPPORTED, REFUSED_UNEXPLAINED, INVALID_REQUEST ->
				explained(failure, RefusalText.of(head, body), sent);
			default -> new Refusal(failure, Optional.empty());
		};
	}

	private static Refusal explained(Failure failure, RefusalText text, SentRequest sent) {
		HistoryRefusal history = HistoryRefusal.of(text, sent);
		if (history != null) {
			return new Refusal(failure.as(FailureKind.UNSUPPORTED, null), Optional.ofNullable(history.correction()));
		}
		Need need = needed(failure.need(), sent);
		Correction correction = form(failure, text, sent);
		if (correction == null) {
			correction = parameter(text, sent);
		}
		if (correction != null) {
			return new Refusal(failure.as(FailureKind.UNSUPPORTED, needBehind(correction, need)),
					Optional.of(correction));
		}
		HistoryRefusal thoughts = HistoryRefusal.ofThoughts(text, sent);
		if (thoughts != null) {
			return new Refusal(failure.as(FailureKind.UNSUPPORTED, null), Optional.ofNullable(thoughts.correction()));
		}
		Optional<String> rejected = RejectedParameter.in(text).filter((name) -> sent.body().has(name));
		if (rejected.isPresent() && sent.essential(rejected.get())) {
			Need ofParameter = Parameters.need(rejected.get());
			return found(failure.as(FailureKind.UNSUPPORTED, (need != null) ? need : needed(ofParameter, sent)));
		}
		if (failure.kind() != FailureKind.UNSUPPORTED && TEXT_ONLY.matcher(text.words()).find()
				&& sent.has(Need.IMAGES)) {
			return found(failure.as(FailureKind.UNSUPPORTED, Need.IMAGES));
		}
		boolean known = failure.kind() == FailureKind.UNSUPPORTED && (failure.need() == null || need != null);
		if (known) {
			return found(failure.as(FailureKind.UNSUPPORTED, need));
		}
		if (failure.kind() != FailureKind.INVALID_REQUEST && LimitWords.ofEndpoint(text.words())) {
			// Another endpoint may take more, so this is no mistake.
			return found(failure.as(FailureKind.UNSUPPORTED, null));
		}
		if (SamplingRange.allowed(NamedParts.in(text), sent)) {
			return new Refusal(failure.as(FailureKind.UNSUPPORTED, Need.PARAMETER),
					Optional.ofNullable(SamplingRange.neutral(NamedParts.in(text), sent)));
		}
		boolean ofCaller = failure.kind() == FailureKind.INVALID_REQUEST || ofCaller(text, sent);
		return found(failure.as(ofCaller ? FailureKind.INVALID_REQUEST : FailureKind.REFUSED_UNEXPLAINED, null));
	}

	private static Refusal found(Failure failure) {
		return new Refusal(failure, Optional.empty());
	}

	/** The need of the request; {@code null} if it has no such need. */
	private static @Nullable Need needed(@Nullable Need told, SentRequest sent) {
		if (told == Need.JSON_SCHEMA || told == Need.JSON_OBJECT) {
			return sent.has(Need.JSON_SCHEMA) ? Need.JSON_SCHEMA : sent.has(Need.JSON_OBJECT) ? Need.JSON_OBJECT : null;
		}
		return (told != null && sent.has(told)) ? told : null;
	}

	private static @Nullable Need needBehind(Correction correction, @Nullable Need need) {
		if (correction instanceof Correction.Form form) {
			return form.streaming() ? null : Need.STREAMING;
		}
		if (correction instanceof Correction.PlainToolCallIds) {
			return null;
		}
		boolean ofOutput = correction instanceof Correction.Lower || correction instanceof Correction.Raise;
		return ofOutput ? Need.OUTPUT_TOKENS : (need != null) ? need : Need.PARAMETER;
	}

	/** A change of the form of the answer, or of the ids of calls. */
	private static @Nullable Correction form(Failure failure, RefusalText text, SentRequest sent) {
		String words = text.words();
		boolean refused = failure.need() == Need.STREAMING || text.param().equals("stream")
				|| NO_STREAM.matcher(words).find();
		if (refused && sent.streaming()) {
			return new Correction.Form(false);
		}
		if (!sent.streaming() && ONLY_STREAM.matcher(words).find()) {
			return new Correction.Form(true);
		}
		boolean id = TOOL_CALL_ID.matcher(words + ' ' + text.param()).find() && OF_ITS_FORM.matcher(words).find();
		Correction plain = new Correction.PlainToolCallIds();
		return (id && plain.changes(sent)) ? plain : null;
	}

	/** A change of the parameters. */
	private static @Nullable Correction parameter(RefusalText text, SentRequest sent) {
		Correction correction = Mentions.excluding(text.words(), sent);
		if (correction == null) {
			correction = RejectedParameter.in(text)
				.map(sent::parameter)
				.map((path) -> (Correction) new Correction.LeaveOut(path, !RejectedParameter.forAnUnknownMember(text)))
				.orElse(null);
		}
		if (correction == null) {
			correction = OutputBounds.find(text.words(), sent);
		}
		return (correction != null) ? correction : Mentions.refused(text, sent);
	}

	/** Whether the provider names something that the caller's request really has. */
	private static boolean ofCaller(RefusalText text, SentRequest sent) {
		if (NamedParts.blamesJson(text) || NamedParts.in(text).stream().anyMatch(sent::hasOfCaller)) {
			return true;
		}
		return (NamedParts.blamesRole(text) && Stream.of("messages", "contents", "input").anyMatch(sent::hasOfCaller))
				|| (NamedParts.blamesSchema(text) && (sent.has(Need.TOOLS) || sent.has(Need.JSON_SCHEMA)));
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

}
