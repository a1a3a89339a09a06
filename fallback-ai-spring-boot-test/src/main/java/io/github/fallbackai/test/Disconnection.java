// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;

/**
 * Closes connections, and remembers that the client did not close them.
 */
final class Disconnection {

	private static final AttributeKey<Boolean> OURS = AttributeKey.valueOf(Disconnection.class, "ours");

	private Disconnection() {
	}

	/**
	 * Closes a connection, whatever it is used for.
	 * @param channel the connection
	 * @param reset whether the client sees a reset instead of an orderly end
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // callers that wait for it use the
													// close future
	static void close(Channel channel, boolean reset) {
		channel.attr(OURS).set(Boolean.TRUE);
		if (reset && channel.isOpen()) {
			// With a linger time of zero, the kernel answers close() with a reset.
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		channel.close();
	}

	/**
	 * Closes a connection that is no longer needed.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // as above
	static void closeUnused(Channel channel) {
		channel.close();
	}

	static boolean isOurs(Channel channel) {
		return Boolean.TRUE.equals(channel.attr(OURS).get());
	}

}
