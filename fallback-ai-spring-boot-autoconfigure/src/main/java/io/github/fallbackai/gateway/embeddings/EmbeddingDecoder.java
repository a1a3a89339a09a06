// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.embeddings;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.embedding.EmbeddingRequest;
import io.github.fallbackai.embedding.Embeddings;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;

/**
 * Reads requests for embeddings. Immutable.
 */
final class EmbeddingDecoder {

	/** The kinds of provider that understand the client's members unchanged. */
	static final List<String> OPENAI = List.of("openai", "azure-openai");

	private static final Set<ApiKind> OPENAI_APIS = Set.of(ApiKind.CHAT, ApiKind.RESPONSES);

	private static final String INPUT = "input";

	private static final String BASE64 = "base64";

	private static final Set<String> READ = Set.of("model", INPUT, "dimensions", "encoding_format");

	private static final int MOST_DIMENSIONS = 100_000;

	/** Above what any model reads. */
	private static final int MOST_TOKENS = 200_000;

	/** About the length of a token, so that estimates are right. */
	private static final String TOKEN = "text";

	private final Set<String> passThrough;

	EmbeddingDecoder(Set<String> passThrough) {
		this.passThrough = passThrough;
	}

	EmbeddingCall decode(RequestField body) {
		String model = body.get("model").text();
		TextBudget texts = new TextBudget();
		texts.take(model);
		RequestField input = body.get(INPUT);
		boolean tokens = isTokens(input);
		EmbeddingRequest.Builder request = EmbeddingRequest.builder(tokens ? countedTexts(input) : texts(input, texts));
		if (tokens) {
			OPENAI.forEach((provider) -> request.extra(provider, INPUT, input.value()));
		}
		RequestField dimensions = body.get("dimensions");
		if (!dimensions.absent()) {
			request.dimensions((int) dimensions.integer(1, MOST_DIMENSIONS));
		}
		String format = body.get("encoding_format").text("float");
		if (!format.equals("float") && !format.equals(BASE64)) {
			throw body.get("encoding_format").invalid("'float' or 'base64'");
		}
		Omissions omissions = new Omissions();
		passOn(body, request, texts, omissions);
		return new EmbeddingCall(model, Embeddings.ask(request.build()), tokens, format.equals(BASE64), omissions);
	}

	/** Nothing that the client sent is left out in silence. */
	private void passOn(RequestField body, EmbeddingRequest.Builder request, TextBudget texts, Omissions omissions) {
		for (Iterator<String> names = body.object().fieldNames(); names.hasNext();) {
			String name = names.next();
			RequestField value = body.get(name);
			if (READ.contains(name) || value.absent()) {
				continue;
			}
			if (!name.equals("user") && !this.passThrough.contains(name)) {
				throw value.unsupported("only parameters of 'fallback.ai.gateway.pass-through' are passed on");
			}
			texts.take(value.value());
			omissions.onlyFor(name, OPENAI_APIS);
			OPENAI.forEach((provider) -> request.extra(provider, name, value.value()));
		}
	}

	/** A text or several. */
	private static List<String> texts(RequestField input, TextBudget budget) {
		List<String> texts = new ArrayList<>();
		if (!input.isArray()) {
			texts.add(text(input, budget));
			return texts;
		}
		for (RequestField element : elements(input, EmbeddingRequest.MOST_INPUTS)) {
			texts.add(text(element, budget));
		}
		return texts;
	}

	private static String text(RequestField field, TextBudget budget) {
		String text = field.text();
		if (text.isEmpty()) {
			throw field.invalid("a text that is not empty");
		}
		budget.take(text);
		return text;
	}

	/** Some clients send the numbers of tokens instead of text. */
	private static boolean isTokens(RequestField input) {
		JsonNode first = input.value().path(0);
		return first.isNumber() || first.isArray();
	}

	private static List<String> countedTexts(RequestField input) {
		List<String> texts = new ArrayList<>();
		if (input.value().path(0).isNumber()) {
			texts.add(counted(input));
			return texts;
		}
		for (RequestField element : elements(input, EmbeddingRequest.MOST_INPUTS)) {
			texts.add(counted(element));
		}
		return texts;
	}

	private static String counted(RequestField tokens) {
		List<RequestField> numbers = elements(tokens, MOST_TOKENS);
		numbers.forEach((number) -> number.integer(0, Integer.MAX_VALUE));
		return TOKEN.repeat(numbers.size());
	}

	private static List<RequestField> elements(RequestField array, int most) {
		if (!array.isArray()) {
			throw array.wrongType("an array");
		}
		if (array.elements(most).isEmpty()) {
			throw array.invalid("at least one element");
		}
		return array.elements(most);
	}

}
