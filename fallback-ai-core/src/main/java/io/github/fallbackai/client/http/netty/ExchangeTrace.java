package io.github.fallbackai.client.http.netty;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientRequest;

/**
 * How far one exchange got, and over which connection. Travels in the subscriber's
 * context, from where the connection picks it up.
 */
final class ExchangeTrace {

	private volatile @Nullable Route route;

	private volatile boolean left;

	private volatile @Nullable ReceivedResponse response;

	/**
	 * Notes, on behalf of the exchange that the request belongs to, that a connection is
	 * there and sending begins.
	 */
	static void sending(HttpClientRequest request, Connection connection) {
		Route route = Route.of(connection);
		if (route.probe() != null) {
			route.probe().begin();
		}
		ExchangeTrace trace = request.currentContextView().getOrDefault(ExchangeTrace.class, null);
		if (trace != null) {
			trace.route = route;
			if (trace.left) {
				route.close();
			}
		}
	}

	/** The response is there. */
	void received(ReceivedResponse response) {
		this.response = response;
	}

	/** Closes the connection if there is a response whose body was not read. */
	void closeUnlessRead() {
		ReceivedResponse received = this.response;
		if (received != null) {
			received.closeUnlessRead();
		}
	}

	/** Whether a connection came about, so that the request may have been sent. */
	boolean connected() {
		return this.route != null;
	}

	/**
	 * Whether the request went over a connection from the pool and not a byte came back.
	 */
	boolean reusedWithoutReply() {
		Route current = this.route;
		TrafficProbe probe = (current != null) ? current.probe() : null;
		return probe != null && probe.reused() && !probe.received();
	}

	/**
	 * The caller left: the connection closes, even one that comes about later. What
	 * arrives just now must not be read on, to an end that may never come.
	 */
	void leave() {
		this.left = true;
		closeConnection();
	}

	/** Whether the caller left. */
	boolean left() {
		return this.left;
	}

	/**
	 * Closes the connection, unless it went back to the pool and may belong to another
	 * exchange by now. What it received and nobody read is released.
	 */
	void closeConnection() {
		Route current = this.route;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * The way of one exchange.
	 *
	 * @param exchange the exchange at Reactor Netty
	 * @param channel its channel, which the exchange forgets when it ends
	 * @param probe the channel's probe
	 */
	private record Route(Connection exchange, Channel channel, @Nullable TrafficProbe probe) {

		static Route of(Connection exchange) {
			return new Route(exchange, exchange.channel(), TrafficProbe.of(exchange.channel()));
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
				// Somebody read it, or still does.
			});
		}

	}

}
