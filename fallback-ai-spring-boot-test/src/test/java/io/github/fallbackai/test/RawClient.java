// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One connection to a simulator, byte by byte.
 */
final class RawClient implements AutoCloseable {

	private final Socket socket;

	private final InputStream input;

	RawClient(ProviderSimulator simulator) throws IOException {
		this.socket = new Socket("127.0.0.1", simulator.port());
		this.socket.setSoTimeout(120_000);
		this.input = this.socket.getInputStream();
	}

	RawClient post(JsonNode body) throws IOException {
		return post("/v1/chat/completions", body.toString());
	}

	RawClient post(String uri, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		String head = "POST " + uri + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Length: " + bytes.length + "\r\n\r\n";
		this.socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
		this.socket.getOutputStream().write(bytes);
		return this;
	}

	/**
	 * Reads what has come when the text comes.
	 */
	String readUntil(String text) throws IOException {
		StringBuilder seen = new StringBuilder();
		while (seen.indexOf(text) < 0) {
			int next = this.input.read();
			if (next < 0) {
				throw new IOException("end of stream after: " + seen);
			}
			seen.append((char) next);
		}
		return seen.toString();
	}

	/**
	 * Reads until the connection ends.
	 */
	Received readAll() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			int next = this.input.read();
			while (next >= 0) {
				bytes.write(next);
				next = this.input.read();
			}
			return new Received(bytes.toString(StandardCharsets.UTF_8), bytes.size(), false);
		}
		catch (SocketException ex) {
			return new Received(bytes.toString(StandardCharsets.UTF_8), bytes.size(), true);
		}
	}

	byte[] read(int length) throws IOException {
		return this.input.readNBytes(length);
	}

	/** Reads what has come and tells how much that was. */
	int skipAvailable() throws IOException {
		return this.input.readNBytes(this.input.available()).length;
	}

	int available() throws IOException {
		return this.input.available();
	}

	void disconnect() throws IOException {
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		disconnect();
	}

	record Received(String text, int bytes, boolean reset) {
	}

}
