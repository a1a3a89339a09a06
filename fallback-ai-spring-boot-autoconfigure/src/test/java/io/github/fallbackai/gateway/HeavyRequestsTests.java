// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Four clients at once send requests that are just small enough, and made to become
 * large, to a gateway with a heap of 512 MB. Each is refused in time, and other clients
 * notice nothing.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeavyRequestsTests {

	private static final Logger logger = LoggerFactory.getLogger(HeavyRequestsTests.class);

	private static final int CLIENTS = 4;

	private static final long MEGABYTE = 1024 * 1024;

	/** Where the gateway tells its heap. */
	private static final int HEAP = 0;

	/** Where it tells for how long an event loop was held. */
	private static final int HELD = 2;

	/**
	 * On a quiet machine a heavy request is answered within 2 s and a small one within
	 * 200 ms, and all shapes are tried. A machine that builds something else beside the
	 * tests takes much longer, and there only the time for which an event loop is held
	 * tells something. That is processor time, and three times as much with cold caches.
	 */
	private static final boolean QUIET = Boolean.getBoolean("fallback-ai.test.quiet");

	private static final int BUSY = QUIET ? 1 : 300;

	private static final int LOOP_MILLIS = QUIET ? 200 : 600;

	private static final Duration HEAVY = Duration.ofSeconds(2).multipliedBy(BUSY);

	private static final Duration SMALL = Duration.ofMillis(200).multipliedBy(BUSY);

	private static final byte[] SMALL_REQUEST = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
		.getBytes(StandardCharsets.US_ASCII);

	/** One of each kind. */
	private static final Set<HeavyBody> SOME = EnumSet.of(HeavyBody.EMPTY_MESSAGES, HeavyBody.TOOLS,
			HeavyBody.DEEP_OBJECTS, HeavyBody.NAMES, HeavyBody.LONG_TEXT, HeavyBody.LONG_FRACTION, HeavyBody.NO_JSON,
			HeavyBody.BLANKS, HeavyBody.ESCAPES, HeavyBody.IMAGES, HeavyBody.LARGEST_TEXT,
			HeavyBody.RESPONSES_NAMESPACE, HeavyBody.RESPONSES_METADATA, HeavyBody.MESSAGES_BLOCKS,
			HeavyBody.MESSAGES_DEEP, HeavyBody.COUNTED_TEXT, HeavyBody.EMBEDDINGS_LISTS);

	private final ExecutorService senders = Executors.newCachedThreadPool();

	private Process process;

	private BufferedReader told;

	private PrintStream commands;

	private int port;

	private long heapBefore;

	@BeforeAll
	void start() throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-cp", classPath, GatewayProgram.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
		this.told = this.process.inputReader(StandardCharsets.UTF_8);
		this.commands = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.port = Integer.parseInt(told("port")[1]);
		try (RawConnection connection = new RawConnection(this.port)) {
			for (int call = 0; call < 200; call++) {
				assertThat(connection.post(SMALL_REQUEST)).isEqualTo(200);
			}
		}
		this.heapBefore = ask()[HEAP];
	}

	@AfterAll
	void stop() {
		this.senders.shutdown();
		this.commands.close();
		this.process.destroy();
	}

	static Set<HeavyBody> shapes() {
		return QUIET ? EnumSet.allOf(HeavyBody.class) : SOME;
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void isRefusedInTimeAndDisturbsNobody(HeavyBody heavy) throws Exception {
		List<byte[]> bodies = IntStream.range(0, CLIENTS).mapToObj(heavy::bytes).toList();
		ask();
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Long> slowestSmall = CompletableFuture.supplyAsync(() -> slowestSmall(over), this.senders);
		List<CompletableFuture<Answer>> answers = new ArrayList<>();
		bodies.forEach(
				(body) -> answers.add(CompletableFuture.supplyAsync(() -> send(heavy.path(), body), this.senders)));
		List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
		over.set(true);
		long held = ask()[HELD];
		logger.info("{}: {}, small requests at most {} ms, event loops held for {} ms", heavy, all, slowestSmall.join(),
				held);
		assertThat(all).allSatisfy((answer) -> {
			assertThat(answer.status()).isIn(400, 413);
			assertThat(answer.millis()).isLessThan(HEAVY.toMillis());
		});
		assertThat(slowestSmall.join()).isLessThan(SMALL.toMillis());
		assertThat(held).as("milliseconds of an event loop for one thing").isLessThan(LOOP_MILLIS);
		Awaitility.await()
			.untilAsserted(() -> assertThat(ask()[HEAP]).as("the heap afterwards")
				.isLessThan(this.heapBefore + 24 * MEGABYTE));
	}

	@Test
	void anHonestLargeRequestIsAnswered() throws IOException {
		String image = "A".repeat(4 * 1024 * 1024);
		try (RawConnection connection = new RawConnection(this.port)) {
			assertThat(connection
				.post(("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
						+ "\"image_url\":{\"url\":\"data:image/png;base64," + image + "\"}}]}]}")
					.getBytes(StandardCharsets.US_ASCII)))
				.isEqualTo(200);
		}
	}

	private Answer send(String path, byte[] body) {
		long begin = System.nanoTime();
		try (RawConnection connection = new RawConnection(this.port)) {
			int status = connection.post(path, body);
			return new Answer(status, Duration.ofNanos(System.nanoTime() - begin).toMillis());
		}
		catch (IOException ex) {
			throw new AssertionError("no answer", ex);
		}
	}

	private long slowestSmall(AtomicBoolean over) {
		long slowest = 0;
		try (RawConnection connection = new RawConnection(this.port)) {
			while (!over.get()) {
				long begin = System.nanoTime();
				assertThat(connection.post(SMALL_REQUEST)).isEqualTo(200);
				slowest = Math.max(slowest, Duration.ofNanos(System.nanoTime() - begin).toMillis());
			}
		}
		catch (IOException ex) {
			throw new AssertionError("no answer", ex);
		}
		return slowest;
	}

	private long[] ask() throws IOException {
		this.commands.println();
		return Arrays.stream(told("memory")).skip(1).mapToLong(Long::parseLong).toArray();
	}

	private String[] told(String what) throws IOException {
		for (String line = this.told.readLine(); line != null; line = this.told.readLine()) {
			if (line.startsWith(what)) {
				return line.split(" ");
			}
		}
		throw new AssertionError("the gateway has ended");
	}

	/**
	 * How a request was answered.
	 *
	 * @param status the status
	 * @param millis after how long
	 */
	private record Answer(int status, long millis) {

		@Override
		public String toString() {
			return this.status + " after " + this.millis + " ms";
		}

	}

}
