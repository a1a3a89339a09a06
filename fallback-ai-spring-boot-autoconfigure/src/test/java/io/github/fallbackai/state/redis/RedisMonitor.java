// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;

/**
 * Reads along which commands a Redis server gets.
 */
public final class RedisMonitor implements AutoCloseable {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Socket socket;

	RedisMonitor(int port) {
		try {
			this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
			this.socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread reader = new Thread(this::read, "redis-monitor");
		reader.setDaemon(true);
		reader.start();
		Awaitility.await().until(() -> this.lines.contains("+OK"));
	}

	private void read() {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.lines.add(line);
			}
		}
		catch (IOException ex) {
			// The end.
		}
	}

	/** Everything read so far, commands of scripts included. */
	public List<String> lines() {
		return this.lines;
	}

	/** Forgets what was read. */
	public void clear() {
		this.lines.clear();
	}

	/**
	 * Waits for a line.
	 * @return its position
	 */
	public int awaitLine(String part) {
		Awaitility.await().until(() -> this.lines.stream().anyMatch((line) -> line.contains(part)));
		return this.lines.indexOf(this.lines.stream().filter((line) -> line.contains(part)).findFirst().orElseThrow());
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
