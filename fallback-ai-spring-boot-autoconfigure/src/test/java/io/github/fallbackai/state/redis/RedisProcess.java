// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.github.fallbackai.cluster.Signals;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.core.ExecutableProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Redis server on a port of its own, which can be killed, suspended and started
 * again. Keeps nothing on disk. The executable comes with the embedded-redis library.
 */
public final class RedisProcess implements AutoCloseable {

	/**
	 * Its threads are daemons. Looks often whether a server is back, as our applications
	 * do.
	 */
	private static final ClientResources RESOURCES = ClientResources.builder()
		.reconnectDelay(Delay.constant(Duration.ofMillis(500)))
		.build();

	/**
	 * Systems give connections ports of their own from 32768 on: none of them takes the
	 * port of a server that is down for a while.
	 */
	private static final int FIRST_PORT = 15_000;

	private static final int LAST_PORT = 32_000;

	private static final int MOST_PORTS = 10;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private int port;

	private final List<LettuceConnectionFactory> connections = new ArrayList<>();

	private Process process;

	/** Starts a server. */
	public RedisProcess(String... options) {
		int ports = 0;
		do {
			// Another process may take a free port first.
			this.port = freePort();
			launch(options);
			ports++;
		}
		while (!this.process.isAlive() && ports < MOST_PORTS);
		requireAlive();
	}

	/** Starts the server again, empty, on the same port. */
	public void start(String... options) {
		launch(options);
		requireAlive();
	}

	private void launch(String... options) {
		try {
			Path directory = Files.createTempDirectory("fallback-ai-redis");
			List<String> command = new ArrayList<>(
					List.of(executable().getPath(), "--port", Integer.toString(this.port), "--bind", "127.0.0.1",
							"--save", "", "--appendonly", "no", "--dir", directory.toString()));
			command.addAll(List.of(options));
			this.process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			directory.toFile().deleteOnExit();
			Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await().atMost(PATIENCE).until(() -> answers() || !this.process.isAlive());
	}

	private void requireAlive() {
		if (!this.process.isAlive() && System.getenv("FALLBACK_AI_CI") == null) {
			throw new TestAbortedException("the Redis server of embedded-redis does not run on this machine");
		}
		assertThat(this.process.isAlive()).as("Redis runs").isTrue();
	}

	private boolean answers() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout((int) PATIENCE.toMillis() / 6);
			socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
			return socket.getInputStream().read() == '+';
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Has the server do something, over a connection of its own.
	 * @return the first line of its answer
	 */
	public String command(String command) {
		return replies(command, 1).get(0);
	}

	/** Has the server do something and does not wait for its answer. */
	public void send(String command) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
			// The server does not read what comes with the end of a connection.
			Awaitility.await().during(Duration.ofMillis(200)).until(() -> !socket.isClosed());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Has the server do something and reads so many lines of its answer. */
	public List<String> replies(String command, int count) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			List<String> lines = new ArrayList<>();
			while (lines.size() < count) {
				lines.add(reader.readLine());
			}
			return lines;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static File executable() throws IOException {
		return ExecutableProvider.newJarResourceProvider().get();
	}

	/** Reads along from now on. */
	public RedisMonitor monitor() {
		return new RedisMonitor(this.port);
	}

	public int port() {
		return this.port;
	}

	/** A connection of one more client; closed with the server. */
	public LettuceConnectionFactory connect() {
		return connect(this.port);
	}

	/** A connection through something that listens in between. */
	public LettuceConnectionFactory connect(int port) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port),
				LettuceClientConfiguration.builder().clientResources(RESOURCES).build());
		factory.afterPropertiesSet();
		factory.start();
		this.connections.add(factory);
		return factory;
	}

	/** For tests that look into Redis or spoil it. */
	public StringRedisTemplate template() {
		return new StringRedisTemplate(connect());
	}

	/** Ends the server as a crash would. */
	public void kill() {
		this.process.destroyForcibly();
		Awaitility.await().until(() -> !this.process.isAlive());
	}

	/** Stops the server in its tracks: it accepts connections and answers nothing. */
	public void suspend() {
		Signals.suspend(this.process);
	}

	/** Lets a suspended server go on. */
	public void resume() {
		Signals.resume(this.process);
	}

	@Override
	public void close() {
		this.connections.forEach(LettuceConnectionFactory::destroy);
		kill();
	}

	private static int freePort() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// Another process has it.
			}
		}
	}

}
