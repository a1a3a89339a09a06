// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.heavy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider answers with almost as much as is read, made to become far more, to a
 * program with a heap of 320 MB. Each call goes on with the next endpoint, and the memory
 * is free afterwards.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeavyAnswersTests {

	private static final Logger logger = LoggerFactory.getLogger(HeavyAnswersTests.class);

	private static final long MEGABYTE = 1024 * 1024;

	private Process process;

	private BufferedReader told;

	private PrintStream commands;

	private long heapBefore;

	@BeforeAll
	void start() throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx320m", "-XX:+ExitOnOutOfMemoryError", "-cp", classPath, HeavyAnswersProgram.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
		this.told = this.process.inputReader(StandardCharsets.UTF_8);
		this.commands = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
		ask(HeavyAnswer.LISTS + " 1");
		this.heapBefore = heap();
	}

	@AfterAll
	void stop() {
		this.commands.close();
		this.process.destroy();
	}

	@ParameterizedTest
	@EnumSource(HeavyAnswer.class)
	void neitherTakesTheHeapNorEndsTheCall(HeavyAnswer heavy) throws IOException {
		int calls = heavy.answers() ? 1 : 2;
		String[] told = ask(heavy + " " + calls);
		logger.info("{}: {} after {} ms", heavy, told[1], told[2]);
		assertThat(told[1].split(",")).hasSize(calls).containsOnly(heavy.answers() ? "primary" : "backup");
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(
					() -> assertThat(heap()).as("the heap afterwards").isLessThan(this.heapBefore + 24 * MEGABYTE));
	}

	private long heap() throws IOException {
		return Long.parseLong(ask("")[1]);
	}

	private String[] ask(String command) throws IOException {
		this.commands.println(command);
		for (String line = this.told.readLine(); line != null; line = this.told.readLine()) {
			if (line.startsWith("told ")) {
				return line.split(" ");
			}
		}
		throw new AssertionError("the program has ended");
	}

}
