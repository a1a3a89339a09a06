package io.github.fallbackai.test;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;

/**
 * Closes connections, and remembers that it was not the client who did.
 */
final class Disconnection {

	private static final AttributeKey<Boolean> OURS = AttributeKey.valueOf(Disconnection.class, "ours");

	private Disconnection() {
	}

	/**
	 * Closes a connection, whatever it is used for.
	 * @param channel the connection
	 * @param reset whether the client shall see a reset instead of an orderly end
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // who waits for it has the close future
	static void close(Channel channel, boolean reset) {
		channel.attr(OURS).set(Boolean.TRUE);
		if (reset && channel.isOpen()) {
			// The kernel answers close() with a reset when it may not linger at all.
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		channel.close();
	}

	/**
	 * Closes a connection that has done all it had to.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // as above
	static void closeUnused(Channel channel) {
		channel.close();
	}

	static boolean isOurs(Channel channel) {
		return Boolean.TRUE.equals(channel.attr(OURS).get());
	}

}
