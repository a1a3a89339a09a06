// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A port that refuses connections but is not free for other programs, because a socket
 * that does not listen is bound to it.
 */
final class HeldPort {

	private final Socket socket;

	private HeldPort(Socket socket) {
		this.socket = socket;
	}

	/**
	 * Holds a port. The selector releases a closed port only a moment later, so this may
	 * need some tries.
	 */
	static HeldPort hold(InetSocketAddress address, Duration patience) {
		return Mono.fromCallable(() -> new HeldPort(bind(address)))
			.retryWhen(Retry.fixedDelay(patience.toMillis(), Duration.ofMillis(1)))
			.blockOptional(patience)
			.orElseThrow();
	}

	void release() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Socket bind(InetSocketAddress address) throws IOException {
		Socket socket = new Socket();
		try {
			socket.setReuseAddress(true);
			socket.bind(address);
			return socket;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

}
