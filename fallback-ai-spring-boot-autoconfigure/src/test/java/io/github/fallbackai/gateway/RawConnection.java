// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection of a client that takes as little processor time as possible, so that what
 * is measured is the gateway. Belongs to one thread.
 */
final class RawConnection implements Closeable {

	private static final int MINUTE = 60_000;

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	RawConnection(int port) throws IOException {
		this.socket = new Socket("127.0.0.1", port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(2 * MINUTE);
		this.in = new BufferedInputStream(this.socket.getInputStream());
		this.out = this.socket.getOutputStream();
	}

	/** Sends a request for a chat completion, reads the answer and returns its status. */
	int post(byte[] body) throws IOException {
		return post("/v1/chat/completions", body);
	}

	/** Sends a request, reads the answer and returns its status. */
	int post(String path, byte[] body) throws IOException {
		this.out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Authorization: Bearer " + GatewayServer.KEY + "\r\nContent-Length: " + body.length + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		try {
			this.out.write(body);
		}
		catch (SocketException ex) {
			// A request may be refused before all of it is sent.
		}
		return answer();
	}

	private int answer() throws IOException {
		String status = line();
		int length = 0;
		for (String header = line(); !header.isEmpty(); header = line()) {
			String[] parts = header.toLowerCase(Locale.ROOT).split(": ", 2);
			if (parts[0].equals("content-length")) {
				length = Integer.parseInt(parts[1]);
			}
		}
		this.in.skipNBytes(length);
		return Integer.parseInt(status.split(" ")[1]);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new IOException("the connection has ended");
			}
			line.append((char) next);
		}
		return line.toString().strip();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
