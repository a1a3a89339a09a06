// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import io.netty.handler.codec.http.HttpVersion;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * What Reactor Netty does unlike other servers.
 */
final class ReactorNettyServer {

	private ReactorNettyServer() {
	}

	/**
	 * For a client of HTTP/1.0, which reads no chunks, a stream ends with the connection.
	 * Other servers know that by themselves.
	 */
	static void endOldStreamsWithConnection(ServerHttpResponse response) {
		if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty
				&& netty.version().compareTo(HttpVersion.HTTP_1_1) < 0) {
			netty.chunkedTransfer(false);
			netty.keepAlive(false);
		}
	}

	/**
	 * Whether the server flushes what it has whenever it waits for more. Each flush that
	 * it is asked for costs as much as a frame. A filter's response may collect what is
	 * not to be flushed.
	 */
	static boolean flushes(ServerHttpResponse response) {
		return response instanceof AbstractServerHttpResponse own
				&& own.getNativeResponse() instanceof HttpServerResponse;
	}

}
