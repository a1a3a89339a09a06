// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.OperationUrl;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.provider.json.JsonDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages API: see <a href="https://docs.anthropic.com/en/api/messages">the
 * API reference</a>. A URL may end before or behind {@code /v1}, or with the whole path.
 *
 * <p>
 * A request without a token limit asks for at most {@value #DEFAULT_MAX_TOKENS} tokens,
 * because the API insists on a limit. A seed has no equivalent and is left out, as is
 * top-p beside a temperature; a temperature above 1 becomes 1. System messages are joined
 * at the top, wherever they stand. A JSON schema becomes {@code output_config.format},
 * with objects closed, as the API demands. JSON without a schema is not supported.
 *
 * <p>
 * {@code ChatRequest.extras} whose names begin with {@value #HEADERS} are sent as
 * headers. Those of an endpoint's configuration come first; {@code anthropic-beta} has
 * the values of both.
 */
public final class AnthropicDialect extends JsonDialect {

	/** The provider's name in configuration and for {@code ChatRequest.extras}. */
	public static final String PROVIDER = "anthropic";

	/** Anthropic's own base URL. */
	public static final URI DEFAULT_URL = URI.create("https://api.anthropic.com/v1");

	/** The token limit of a request that sets none. */
	public static final int DEFAULT_MAX_TOKENS = 4096;

	/**
	 * The extra parameter with the messages as a client of this API wrote them. They are
	 * sent unchanged, except for what the model said, whose thoughts go to no other
	 * model. It is an array with one element for each message of the request: a whole
	 * message; or an empty object if the message belongs to the one before, or is no
	 * message for this API; or {@code null} for a message without an original.
	 */
	public static final String ORIGINAL_MESSAGES = "original_messages";

	private static final String HEADERS = "anthropic-";

	private static final String BETA = "anthropic-beta";

	private static final String VERSION_HEADER = "anthropic-version";

	private static final String VERSION = "2023-06-01";

	private static final String OPERATION = "/messages";

	private static final Pattern VERSIONED = Pattern.compile("/v\\d+\\w*$");

	static final Authentication AUTHENTICATION = Authentication.header("x-api-key");

	/** Creates the dialect. */
	public AnthropicDialect() {
		super(PROVIDER, DEFAULT_URL, AUTHENTICATION);
	}

	@Override
	public Set<String> essentialParameters() {
		return RequestEncoder.ESSENTIAL;
	}

	/**
	 * See <a href=
	 * "https://platform.claude.com/docs/en/build-with-claude/prompt-caching">prompt
	 * caching</a>.
	 */
	@Override
	public boolean readsPromptsOnly() {
		return true;
	}

	@Override
	public @Nullable String unsupported(ChatRequest request) {
		return RequestEncoder.unsupported(request);
	}

	@Override
	protected Map<String, String> headers(EndpointRequest request) {
		return withOwn(super.headers(request), request);
	}

	/** Adds the headers of this API. */
	static Map<String, String> withOwn(Map<String, String> headers, EndpointRequest request) {
		request.chat().extras(PROVIDER).forEach((name, value) -> {
			if (name.startsWith(HEADERS)) {
				headers.merge(name, value.toString(),
						(configured, asked) -> name.equals(BETA) ? configured + ',' + asked : configured);
			}
		});
		headers.putIfAbsent(VERSION_HEADER, VERSION);
		return headers;
	}

	@Override
	public Dialect counting() {
		return CountDialect.INSTANCE;
	}

	/** Whether an extra parameter is a member of the body. */
	static boolean isParameter(String name) {
		return !name.startsWith(HEADERS) && !name.equals(ORIGINAL_MESSAGES);
	}

	@Override
	protected ObjectNode body(EndpointRequest request) {
		return RequestEncoder.encode(request);
	}

	@Override
	protected JsonAnswerDecoder decoder(ResponseHead head) {
		return new MessageDecoder(head);
	}

	@Override
	public StreamDecoder streamDecoder(ResponseHead head) {
		return new MessageStreamDecoder(head);
	}

	@Override
	protected URI operation(EndpointRequest request) {
		return messages(request.endpoint().url());
	}

	/** A base URL may end before the version, as in Anthropic's own clients. */
	static URI messages(URI url) {
		String path = OperationUrl.path(url);
		if (path.endsWith(OPERATION)) {
			return url;
		}
		boolean versioned = VERSIONED.matcher(path).find();
		return OperationUrl.append(url, versioned ? OPERATION : "/v1" + OPERATION);
	}

}
