// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.fallbackai.failure.Need;
import org.jspecify.annotations.Nullable;

/**
 * Recognises an endpoint that says what it cannot do. Servers have many sentences for
 * that, but all of them name a need and deny it in the same clause.
 */
final class NeedWords {

	/** A way to say no. */
	private static final Pattern NO = pattern("\\b(?:does|do|can|is|are)(?: not|n't|not) "
			+ "(?:\\w+ ){0,2}(?:support|accept|allow|capable|include|permit|handle|implement|provide|do)"
			+ "|\\bnot (?:yet |currently |natively )?(?:supported|available|enabled|allowed|permitted|implemented)"
			+ "|\\bunsupported\\b|\\bno support for\\b|\\b(?:has|have|with) no (?:\\w+ )?(?:support|capabilit)|\\bcannot be (?:processed|handled)\\b|\\bunavailable\\b|\\b(?:is|are) disabled\\b"
			+ "|\\bcannot (?:both )?be (?:used|combined|specified|set)\\b|\\bcan(?:not|'t) use\\b|\\bincompatible with\\b"
			+ "|\\bonly (?:\\w+ ){0,2}(?:supported|available|allowed|works?) (?:by|for|with|in|on)\\b"
			+ "|\\bonly (?:\\w+ )?(?:support|accept|allow|take|handle)s?\\b|\\bno endpoints found that support\\b"
			+ "|\\brequires? --|\\btext-only\\b|\\bmust be verified\\b|\\benabled only\\b|\\bonly enabled\\b");

	/**
	 * The needs that may be denied, each with its words. A word with hyphens is another
	 * word, and a path into the request does not count.
	 */
	private static final Map<Need, Pattern> SUBJECTS = new LinkedHashMap<>();

	/**
	 * Sentences that deny a need without another negative word. The comments name their
	 * servers.
	 */
	private static final Map<Pattern, Need> WHOLE = new LinkedHashMap<>();

	/** A complaint about one image, not about images. */
	private static final Pattern ONE_IMAGE = pattern("\\bimage (?:format|type|size|dimension|resolution|url|file)"
			+ "|\\b(?:format|mime|media[ _]type|size|dimensions?|resolution|download\\w*|fetch\\w*|base64|decod\\w+"
			+ "|corrupt\\w*|too large|too many|at most [1-9])\\b");

	/** A complaint about what is in one schema, not about schemas. */
	private static final Pattern ONE_SCHEMA = pattern("\\bschema\\b.{0,40}\\b(?:features?|keywords?|constraints?)\\b"
			+ "|\\b(?:features?|keywords?|constraints?)\\b.{0,40}\\bschema\\b");

	/** The words speak of the whole model or server. */
	private static final Pattern MODEL = pattern(
			"\\b(?:this|the|your|selected|current) (?:\\S+ )?" + "(?:model|deployment|endpoint|engine|server)\\b");

	static {
		subject(Need.TOOLS, "tools?|tool use|tool calls?|tool[ _-]?calling|function calls?|function[ _-]?calling"
				+ "|functions|parallel_tool_calls|toolconfig");
		subject(Need.IMAGES, "images?|image_url|image inputs?|input_image|vision|multi-?modal|visual inputs?");
		subject(Need.AUDIO, "audio|input_audio|speech|voice");
		subject(Need.JSON_SCHEMA,
				"json[ _]?schema|structured[ _-]outputs?|responses?[ _-]?schema|response[ _]format" + "|guided json");
		subject(Need.JSON_OBJECT, "json[ _]object|json mode|json output");
		subject(Need.STREAMING, "stream|streaming|streamed");
		subject(Need.PREFILL, "prefill|prefilling|prefilled");
		// vLLM and SGLang without a parser for tool calls; llama.cpp without templates.
		whole(Need.TOOLS, "tool choice requires --|tool-call-parser|tools param requires");
		// vLLM: a model of text only; a limit of none.
		whole(Need.IMAGES, "not a (?:multi-?modal model|vlm\\b)|at most 0 image|mmproj|missing data required for image"
				+ "|text-only prompts|\\btext[- ]only model\\b|\\bonly (?:accepts?|supports?|takes?) text\\b");
		whole(Need.AUDIO, "at most 0 audio");
		// DeepSeek and other servers in Rust; vLLM; servers for text only.
		whole(Need.IMAGES, "unknown variant .?(?:image_url|input_image|image)\\b|(?:part|content)[ _]types?\\b.{0,40}"
				+ "\\b(?:image_url|input_image|image)\\b");
		whole(Need.AUDIO, "unknown variant .?(?:input_)?audio|(?:part|content)[ _]types?\\b.{0,40}\\binput_audio\\b");
		// DeepSeek: the type of the format is not among the known ones.
		whole(Need.JSON_SCHEMA, "response_format\\b.{0,40}\\bunknown variant|unknown variant .?json_schema"
				+ "|response_format\\.type\\b");
		whole(Need.JSON_OBJECT, "unknown variant .?json_object");
		// Claude 4.6 and later; Mistral and templates that want the user to speak last.
		whole(Need.PREFILL, "conversation must end with a user message|expected last role user"
				+ "|last message must (?:be from|have role).{0,20}user");
	}

	private NeedWords() {
	}

	/**
	 * Looks for something that the endpoint cannot do.
	 * @param message the provider's words
	 * @param certain whether only one of the needs counts, not anything else that a model
	 * cannot do
	 * @return what it cannot do, without a need if it is nothing of these alone;
	 * {@code null} if the words do not say so
	 */
	static @Nullable Meaning find(String message, boolean certain) {
		for (Map.Entry<Pattern, Need> sentence : WHOLE.entrySet()) {
			if (sentence.getKey().matcher(message).find()) {
				return Meaning.unsupported(sentence.getValue());
			}
		}
		for (String clause : Clauses.of(message)) {
			Meaning meaning = NO.matcher(clause).find() ? ofClause(clause, certain) : null;
			if (meaning != null) {
				return meaning;
			}
		}
		return null;
	}

	private static @Nullable Meaning ofClause(String clause, boolean certain) {
		Set<Need> needs = EnumSet.noneOf(Need.class);
		SUBJECTS.forEach((need, words) -> {
			if (words.matcher(clause).find()) {
				needs.add(need);
			}
		});
		if (ONE_IMAGE.matcher(clause).find()) {
			needs.remove(Need.IMAGES);
		}
		if (needs.contains(Need.JSON_SCHEMA)) {
			needs.remove(Need.JSON_OBJECT);
			if (ONE_SCHEMA.matcher(clause).find()) {
				return Meaning.unsupported(null);
			}
		}
		if (needs.size() == 1) {
			return Meaning.unsupported(needs.iterator().next());
		}
		// Two things that exclude each other, or another thing that the model cannot do.
		return (!needs.isEmpty() || (!certain && MODEL.matcher(clause).find())) ? Meaning.unsupported(null) : null;
	}

	private static void subject(Need need, String words) {
		SUBJECTS.put(need, pattern("(?<![\\w/-])(?:" + words + ")(?![\\w/\\[-]|\\.\\w)"));
	}

	private static void whole(Need need, String sentence) {
		WHOLE.put(pattern(sentence), need);
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

}
