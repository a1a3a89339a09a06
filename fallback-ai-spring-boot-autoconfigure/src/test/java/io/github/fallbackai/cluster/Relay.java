// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a client and a server on loopback that can be cut, or swallow
 * everything.
 */
final class Relay implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean swallowing;

	Relay(int target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** Ends all connections; new ones work. */
	void cut() {
		this.sockets.forEach(Relay::end);
		this.sockets.clear();
	}

	/** From now on nothing arrives, and connections are accepted but lead nowhere. */
	void swallow() {
		this.swallowing = true;
	}

	/** From now on new connections work; those that lost something are ended. */
	void heal() {
		this.swallowing = false;
		cut();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.sockets.add(client);
				if (!this.swallowing) {
					connect(client);
				}
			}
			catch (IOException ex) {
				// The listener was closed.
			}
		}
	}

	private void connect(Socket client) {
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(server);
			start(() -> copy(client, server));
			start(() -> copy(server, client));
		}
		catch (IOException ex) {
			end(client);
		}
	}

	private void copy(Socket from, Socket to) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (!this.swallowing) {
					out.write(buffer, 0, read);
				}
			}
		}
		catch (IOException ex) {
			// An end like any other.
		}
		end(from);
		end(to);
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	private static void end(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is of no use any more either way.
		}
	}

	@Override
	public void close() {
		end(this.listener);
		cut();
	}

}
