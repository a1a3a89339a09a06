// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.concurrent.Executor;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ExchangeObserver;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientRequest;

/**
 * Knows how far one exchange got, and over which connection. It is in the subscriber's
 * context, where the connection finds it.
 */
final class ExchangeTrace {

	private volatile @Nullable Route route;

	private volatile boolean left;

	private volatile @Nullable ReceivedResponse response;

	/** Is told how the exchange ends, {@code null} if nothing listens. */
	private @Nullable ExchangeObserver observer;

	/** The exchange begins, before anything else happens. */
	void started(@Nullable ExchangeObserver observer) {
		this.observer = observer;
	}

	/**
	 * Notes, for the exchange of the request, that there is a connection and sending
	 * begins.
	 */
	static void sending(HttpClientRequest request, Connection connection) {
		Route route = Route.of(connection);
		ExchangeTrace trace = request.currentContextView().getOrDefault(ExchangeTrace.class, null);
		if (trace != null) {
			trace.route = route;
			if (trace.observer != null) {
				trace.observer.headers().forEach(request::header);
			}
			if (trace.left) {
				route.close();
			}
		}
	}

	/** The response is there. */
	void received(ReceivedResponse response) {
		this.response = response;
		if (this.observer != null) {
			this.observer.answered(response.head());
		}
	}

	/** Closes the connection if there is a response whose body was not read. */
	void closeUnlessRead() {
		ReceivedResponse received = this.response;
		if (received != null) {
			received.closeUnlessRead();
		}
	}

	/** Whether there was a connection, so that the request may have been sent. */
	boolean connected() {
		return this.route != null;
	}

	/**
	 * Whether the request was sent over a connection from the pool and no byte came back.
	 */
	boolean reusedWithoutReply() {
		Route current = this.route;
		TrafficProbe.Traffic traffic = (current != null) ? current.traffic() : null;
		return traffic != null && traffic.reusedWithoutReply();
	}

	/** The exchange failed. No caller needs a connection that is established later. */
	void failed(EndpointException error) {
		if (this.observer != null) {
			this.observer.failed(error);
		}
		leave();
	}

	/** The caller left. */
	void cancelled() {
		if (this.observer != null) {
			this.observer.cancelled();
		}
		leave();
	}

	/**
	 * The connection closes, also one that is established later. Data that arrives now
	 * must not be read further, because its end may never come.
	 */
	private void leave() {
		this.left = true;
		closeConnection();
	}

	/** Where the connection is read; the current thread if there is no connection. */
	Executor eventLoop() {
		Route current = this.route;
		return (current != null) ? current.channel().eventLoop() : Runnable::run;
	}

	/** Whether the caller left. */
	boolean left() {
		return this.left;
	}

	/**
	 * Closes the connection, unless it went back to the pool and may belong to another
	 * exchange now. Received data that was not read is released.
	 */
	void closeConnection() {
		Route current = this.route;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * The connection of one exchange.
	 *
	 * @param exchange the exchange at Reactor Netty
	 * @param channel its channel, which the exchange forgets when it ends
	 * @param traffic what happens on the channel during the exchange
	 */
	private record Route(Connection exchange, Channel channel, TrafficProbe.@Nullable Traffic traffic) {

		static Route of(Connection exchange) {
			return new Route(exchange, exchange.channel(), TrafficProbe.begin(exchange.channel()));
		}

		void close() {
			this.channel.eventLoop().execute(() -> {
				if (ChannelOperations.get(this.channel) == this.exchange) {
					this.exchange.dispose();
				}
				else {
					release();
				}
			});
		}

		private void release() {
			this.exchange.inbound().receive().subscribe((buffer) -> {
			}, (error) -> {
				// Its data has been read, or is being read.
			});
		}

	}

}
