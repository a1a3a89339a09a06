// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import io.netty.handler.codec.http.HttpVersion;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Clients of HTTP/1.0, which read no chunks. Other servers than Reactor Netty know that
 * by themselves.
 */
final class OldClients {

	private OldClients() {
	}

	/** For such a client, a stream ends with the connection. */
	static void endWithConnection(ServerHttpResponse response) {
		if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty
				&& netty.version().compareTo(HttpVersion.HTTP_1_1) < 0) {
			netty.chunkedTransfer(false);
			netty.keepAlive(false);
		}
	}

}
