package io.github.fallbackai.client.http.provider.anthropic;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Authentication;
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
 */
public final class AnthropicDialect extends JsonDialect {

	/** The provider's name in configuration and for {@code ChatRequest.extras}. */
	public static final String PROVIDER = "anthropic";

	/** Anthropic's own base URL. */
	public static final URI DEFAULT_URL = URI.create("https://api.anthropic.com/v1");

	/** The token limit of a request that sets none. */
	public static final int DEFAULT_MAX_TOKENS = 4096;

	private static final String VERSION_HEADER = "anthropic-version";

	private static final String VERSION = "2023-06-01";

	private static final String OPERATION = "/messages";

	private static final Pattern VERSIONED = Pattern.compile("/v\\d+\\w*$");

	/** Creates the dialect. */
	public AnthropicDialect() {
		super(PROVIDER, DEFAULT_URL, Authentication.header("x-api-key"));
	}

	@Override
	public Set<String> essentialParameters() {
		return RequestEncoder.ESSENTIAL;
	}

	@Override
	public @Nullable String unsupported(ChatRequest request) {
		return RequestEncoder.unsupported(request);
	}

	@Override
	protected Map<String, String> headers(EndpointRequest request) {
		Map<String, String> headers = super.headers(request);
		headers.putIfAbsent(VERSION_HEADER, VERSION);
		return headers;
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

	/** A base URL may end before the version, as in Anthropic's own clients. */
	@Override
	protected URI operation(EndpointRequest request) {
		URI url = request.endpoint().url();
		String path = OperationUrl.path(url);
		if (path.endsWith(OPERATION)) {
			return url;
		}
		boolean versioned = VERSIONED.matcher(path).find();
		return OperationUrl.append(url, versioned ? OPERATION : "/v1" + OPERATION);
	}

}
