// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.net.URI;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.OperationUrl;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.provider.json.JsonDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;

/**
 * Anthropic's API that counts the tokens of a request: see
 * <a href="https://docs.anthropic.com/en/api/messages-count-tokens">count tokens</a>. It
 * takes a request for a message without the parameters of the answer, and refuses
 * parameters that it does not know. So the endpoint's own ones are not added.
 */
final class CountDialect extends JsonDialect {

	static final CountDialect INSTANCE = new CountDialect();

	private static final String OPERATION = "/count_tokens";

	private CountDialect() {
		super(AnthropicDialect.PROVIDER, AnthropicDialect.DEFAULT_URL, AnthropicDialect.AUTHENTICATION);
	}

	@Override
	public Set<String> essentialParameters() {
		return RequestEncoder.ESSENTIAL;
	}

	@Override
	public String parameter(String name) {
		return "";
	}

	@Override
	protected Map<String, String> headers(EndpointRequest request) {
		return AnthropicDialect.withOwn(super.headers(request), request);
	}

	@Override
	protected ObjectNode body(EndpointRequest request) {
		ObjectNode body = RequestEncoder.encode(request);
		body.remove("max_tokens");
		return body;
	}

	@Override
	protected JsonAnswerDecoder decoder(ResponseHead head) {
		return new CountDecoder(head);
	}

	@Override
	protected URI operation(EndpointRequest request) {
		return OperationUrl.append(AnthropicDialect.messages(request.endpoint().url()), OPERATION);
	}

}
