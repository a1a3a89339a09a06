// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as a process on a free port. Closing it ends the process.
 */
final class RunningApplication implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Pattern PORT = Pattern.compile("started on port (\\d+)");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Process process;

	private final Path log;

	private RunningApplication(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	static RunningApplication start(Path folder, String classPath, Map<String, String> environment,
			List<String> arguments) throws IOException {
		return start(folder, List.of("-cp", classPath, "com.example.demo.DemoApplication"), environment, arguments);
	}

	static RunningApplication start(Path folder, String classPath, List<String> options, Class<?> application,
			List<String> arguments) throws IOException {
		List<String> main = new ArrayList<>(options);
		main.addAll(List.of("-cp", classPath, application.getName()));
		return start(folder, main, Map.of(), arguments);
	}

	private static RunningApplication start(Path folder, List<String> main, Map<String, String> environment,
			List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx256m"));
		command.addAll(main);
		command.add("--server.port=0");
		command.addAll(arguments);
		Path log = folder.resolve("application.log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
		builder.environment().putAll(environment);
		return new RunningApplication(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).build(),
				BodyHandlers.ofString());
	}

	String log() throws IOException {
		return Files.readString(this.log);
	}

	/** Waits until it listens. */
	private String port() throws IOException {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> PORT.matcher(Files.readString(this.log)).find() || !this.process.isAlive());
		String log = Files.readString(this.log);
		Matcher port = PORT.matcher(log);
		assertThat(port.find()).as(log).isTrue();
		return port.group(1);
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

}
