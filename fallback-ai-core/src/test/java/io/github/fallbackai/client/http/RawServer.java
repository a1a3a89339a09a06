// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server on loopback whose every byte, and every way to hang up, is the test's to
 * choose.
 */
public final class RawServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final Script script;

	private final List<Peer> peers = new CopyOnWriteArrayList<>();

	private RawServer(ServerSocket serverSocket, Script script) {
		this.serverSocket = serverSocket;
		this.script = script;
	}

	/**
	 * Starts a server that runs the script for every connection, each in a thread of its
	 * own.
	 */
	public static RawServer start(Script script) {
		return start(InetAddress.getLoopbackAddress(), 0, script);
	}

	/** Starts a server like that at an address of its own, and at a port, 0 for any. */
	public static RawServer start(InetAddress address, int port, Script script) {
		try {
			RawServer server = new RawServer(new ServerSocket(port, 50, address), script);
			startThread(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.serverSocket.getLocalPort() + "/v1");
	}

	/** The connections so far, oldest first. */
	public List<Peer> peers() {
		return this.peers;
	}

	@Override
	public void close() {
		try {
			this.serverSocket.close();
			for (Peer peer : this.peers) {
				peer.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		while (!this.serverSocket.isClosed()) {
			try {
				Peer peer = new Peer(this.serverSocket.accept());
				this.peers.add(peer);
				startThread(() -> run(peer));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void run(Peer peer) {
		try {
			this.script.run(peer);
		}
		catch (IOException ex) {
			// A write fails, too, when the client hung up.
			peer.hungUp.countDown();
		}
		catch (InterruptedException ex) {
			// The script was told to end.
		}
	}

	private static void startThread(Runnable task) {
		Thread thread = new Thread(task, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * What the server does with a connection.
	 */
	@FunctionalInterface
	public interface Script {

		void run(Peer peer) throws IOException, InterruptedException;

	}

	/**
	 * The server's end of one connection.
	 */
	public static final class Peer {

		private final Socket socket;

		private final InputStream input;

		private final CountDownLatch hungUp = new CountDownLatch(1);

		private final List<String> requests = new CopyOnWriteArrayList<>();

		private final List<String> bodies = new CopyOnWriteArrayList<>();

		Peer(Socket socket) throws IOException {
			this.socket = socket;
			this.socket.setTcpNoDelay(true);
			this.input = new BufferedInputStream(socket.getInputStream());
		}

		/** Reads one request with a Content-Length and returns its head. */
		public String readRequest() throws IOException {
			ByteArrayOutputStream head = new ByteArrayOutputStream();
			while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
				int value = this.input.read();
				if (value < 0) {
					this.hungUp.countDown();
					throw new IOException("client hung up");
				}
				head.write(value);
			}
			String text = head.toString(StandardCharsets.ISO_8859_1);
			int length = text.lines()
				.filter((line) -> line.toLowerCase().startsWith("content-length:"))
				.mapToInt((line) -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
				.findFirst()
				.orElse(0);
			this.bodies.add(new String(this.input.readNBytes(length), StandardCharsets.UTF_8));
			this.requests.add(text);
			return text;
		}

		/** Reads one byte, or -1 at the end. */
		public int read() throws IOException {
			return this.input.read();
		}

		/** The heads of the requests read. */
		public List<String> requests() {
			return this.requests;
		}

		/** The bodies of the requests read. */
		public List<String> bodies() {
			return this.bodies;
		}

		public Peer write(String text) throws IOException {
			return write(text.getBytes(StandardCharsets.UTF_8));
		}

		public Peer write(byte[] bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
			this.socket.getOutputStream().flush();
			return this;
		}

		/** A complete response with a Content-Length. */
		public Peer respond(String statusLine, String contentType, String body) throws IOException {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			return write("HTTP/1.1 " + statusLine + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
					+ bytes.length + "\r\n\r\n")
				.write(bytes);
		}

		/**
		 * Status line and headers of an event stream that ends with the connection or
		 * with {@link #endChunks()}.
		 */
		public Peer startEvents() throws IOException {
			return write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
		}

		public Peer chunk(String text) throws IOException {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			return write(Integer.toHexString(bytes.length) + "\r\n").write(bytes).write("\r\n");
		}

		public Peer endChunks() throws IOException {
			return write("0\r\n\r\n");
		}

		/** Closes the connection with a reset instead of a regular end. */
		public void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		public void close() throws IOException {
			this.socket.close();
		}

		/** Waits until the client hangs up. */
		public void awaitHangUp() throws IOException {
			try {
				while (this.input.read() >= 0) {
					// Whatever the client still sends does not matter.
				}
			}
			finally {
				this.hungUp.countDown();
			}
		}

		/** Whether the client hangs up within the time. */
		public boolean hungUpWithin(long time, TimeUnit unit) throws InterruptedException {
			return this.hungUp.await(time, unit);
		}

	}

}
