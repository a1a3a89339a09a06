// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.embedding;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.ErrorClassifier;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.NamedDialect;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.RequestHeaders;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.embedding.Embeddings;
import io.github.fallbackai.embedding.Vectors;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The format of one kind of provider for embeddings. Each user message of a request is a
 * text, and the answer's text is {@linkplain Vectors the vectors}.
 */
public abstract class EmbeddingDialect extends NamedDialect {

	private final VectorReader reader;

	/**
	 * Creates a dialect.
	 * @param provider the provider's name
	 * @param defaultUrl its base URL, {@code null} if it has no common one
	 * @param authentication how it expects its key
	 * @param reader finds the vectors in an answer
	 */
	protected EmbeddingDialect(String provider, @Nullable URI defaultUrl, Authentication authentication,
			VectorReader reader) {
		super(provider, defaultUrl, authentication);
		this.reader = reader;
	}

	@Override
	public Set<String> essentialParameters() {
		return Set.of("model", "input", "requests", Embeddings.DIMENSIONS);
	}

	@Override
	public final @Nullable String unsupported(ChatRequest request) {
		boolean texts = request.responseFormat().type() == ResponseFormat.Type.VECTORS
				&& request.messages().stream().allMatch(EmbeddingDialect::isText);
		return texts ? null : "embeddings of anything but texts";
	}

	private static boolean isText(ChatMessage message) {
		return message instanceof UserMessage user && user.parts().stream().allMatch(TextPart.class::isInstance);
	}

	@Override
	public final WireRequest encode(EndpointRequest request) {
		EndpointRequest whole = new EndpointRequest(request.endpoint(), request.chat(), false);
		return new WireRequest(operation(whole), RequestHeaders.of(whole, authentication()),
				ProviderJson.write(body(whole)), request.endpoint().limits().connect());
	}

	/** Where a request goes. */
	protected abstract URI operation(EndpointRequest request);

	/** The body of a request. */
	protected abstract ObjectNode body(EndpointRequest request);

	/** The texts of a request. */
	protected static List<String> texts(EndpointRequest request) {
		List<String> texts = new ArrayList<>();
		for (ChatMessage message : request.chat().messages()) {
			StringBuilder text = new StringBuilder();
			for (ContentPart part : ((UserMessage) message).parts()) {
				text.append(((TextPart) part).text());
			}
			texts.add(text.toString());
		}
		return texts;
	}

	/** The length that is asked for, {@code null} for the model's own. */
	protected static @Nullable Integer dimensions(EndpointRequest request) {
		return (Integer) request.chat().extras(Embeddings.PARAMETERS).get(Embeddings.DIMENSIONS);
	}

	@Override
	public final List<EndpointEvent> decodeUnary(ResponseHead head, byte[] body) {
		VectorReader.Answer answer = this.reader.read(body);
		if (answer == null) {
			JsonNode json = ProviderJson.read(body);
			throw new EndpointException(
					(json != null && json.hasNonNull("error")) ? ErrorClassifier.classify(ErrorReport.of(head, json))
							: ErrorReport.of(head).as(FailureKind.INVALID_RESPONSE));
		}
		AnswerEvents events = new AnswerEvents(head);
		events.identify("", answer.model());
		events.text(Vectors.write(answer.vectors()));
		events.usage(answer.usage());
		events.finish(FinishReason.STOP, null, List.of());
		return events.take();
	}

	@Override
	public final StreamDecoder streamDecoder(ResponseHead head) {
		return new NoStream(head);
	}

}
