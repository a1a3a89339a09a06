// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.fallbackai.endpoint.ApiKey;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Key files that are no files, have no end, or lead nowhere. Reading one must neither
 * hang nor fill the memory, and the error says what is wrong.
 */
class SpecialKeyFilesTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	private final AtomicLong nanos = new AtomicLong();

	private Path path;

	private ApiKeyFile file;

	@BeforeEach
	void name() {
		this.path = this.directory.resolve("key");
		this.file = new ApiKeyFile(this.path, this.nanos::get);
	}

	static Stream<Arguments> files() {
		return Stream.of(of("a directory", Files::createDirectory, "it is not a regular file"),
				of("a pipe that nothing writes to", SpecialKeyFilesTests::pipe, "it is not a regular file"),
				of("a device without an end", (path) -> link(path, "/dev/zero"), "it is not a regular file"),
				of("a device of random bytes", (path) -> link(path, "/dev/urandom"), "it is not a regular file"),
				of("a file of 1 GB", SpecialKeyFilesTests::gigabyte, "it is longer than 64 KB"),
				of("a file that hides its length", (path) -> link(path, "/proc/kallsyms"), "it is longer than 64 KB"),
				of("a loop of links", (path) -> link(path, path.toString()), "it cannot be read"),
				of("a link to nothing", (path) -> link(path, "/nowhere/at/all"), "it does not exist"),
				of("nothing", (path) -> {
				}, "it does not exist"), of("an empty file", Files::createFile, "it holds no key"),
				of("no text", (path) -> Files.write(path, new byte[] { (byte) 0xc3, '(' }), "it holds no key"),
				of("two lines", (path) -> Files.writeString(path, "sk-1\nsk-2"), "it holds no key"));
	}

	@ParameterizedTest
	@MethodSource("files")
	void failTheCallAndSayWhy(Making making, String reason) throws Exception {
		making.at(this.path);
		assertThatThrownBy(() -> this.file.key().block(LONG)).hasRootCauseInstanceOf(IOException.class)
			.hasRootCauseMessage("no key in file " + this.path + ": " + reason);

		put("sk-1");
		assertThat(this.file.key().block(LONG)).isEqualTo(ApiKey.of("sk-1"));
	}

	@ParameterizedTest
	@MethodSource("files")
	void leaveTheLastKeyInUse(Making making, String reason) throws Exception {
		put("sk-1");
		assertThat(this.file.key().block(LONG)).isEqualTo(ApiKey.of("sk-1"));
		Files.delete(this.path);
		making.at(this.path);
		for (int second = 0; second < 5; second++) {
			this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(this.file.key().block(LONG)).isEqualTo(ApiKey.of("sk-1"));
		}

		put("sk-2");
		Awaitility.await().untilAsserted(() -> {
			this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(this.file.key().block(LONG)).isEqualTo(ApiKey.of("sk-2"));
		});
	}

	private void put(String key) throws IOException {
		Path next = Files.writeString(this.directory.resolve("next"), key);
		if (Files.isDirectory(this.path)) {
			Files.delete(this.path);
		}
		Files.move(next, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static Arguments of(String name, Making making, String reason) {
		return arguments(named(name, making), reason);
	}

	private static void pipe(Path path) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("mkfifo", path.toString()).start();
		assumeThat(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0).isTrue();
	}

	/** Takes no space on the disk. */
	private static void gigabyte(Path path) throws IOException {
		try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
			sparse.setLength(1L << 30);
		}
	}

	private static void link(Path path, String target) throws IOException {
		if (target.startsWith("/dev") || target.startsWith("/proc")) {
			assumeThat(Path.of(target)).exists();
		}
		Files.createSymbolicLink(path, Path.of(target));
	}

	/** Makes a file. */
	private interface Making {

		void at(Path path) throws IOException, InterruptedException;

	}

}
