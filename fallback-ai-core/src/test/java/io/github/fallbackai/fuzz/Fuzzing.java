// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

import ch.qos.logback.classic.Level;
import io.github.fallbackai.suite.Seed;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Gives a target its corpus, and then inputs that are made of it, and looks after each
 * that it took neither long nor much memory. An input that fails is made smaller and
 * written to {@code target/fuzz}.
 *
 * <p>
 * {@code -Dfallback-ai.fuzz.cases} and {@code -Dfallback-ai.fuzz.seconds} say how many
 * inputs there are for a target, and how long it goes on at most.
 */
public final class Fuzzing {

	private static final Logger logger = LoggerFactory.getLogger(Fuzzing.class);

	private static final int CASES = Integer.getInteger("fallback-ai.fuzz.cases", 4000);

	/** The build tries the same inputs each time; a longer search begins anywhere. */
	private static final boolean SEARCH = System.getProperty("fallback-ai.fuzz.seconds") != null;

	private static final long SEED_OF_THE_BUILD = 20261129;

	private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fallback-ai.fuzz.seconds", 10));

	/** Of a processor, for an input of at most 64 KB. */
	private static final Duration LONGEST_CASE = Duration.ofSeconds(3);

	private static final Duration LONGEST_SHRINKING = Duration.ofSeconds(30);

	private static final Duration LONGEST_REST = Duration.ofMinutes(5);

	private static final long MEGABYTE = 1024 * 1024;

	private static final long MOST_MEMORY = 256 * MEGABYTE;

	private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory
		.getThreadMXBean();

	private final String name;

	private final FuzzTarget target;

	private volatile byte[] current = {};

	private Fuzzing(String name, FuzzTarget target) {
		this.name = name;
		this.target = target;
	}

	/**
	 * Runs a target.
	 * @param name its name, and that of its folder in {@code src/test/resources/fuzz}
	 * @param target the target
	 * @param folders further folders of {@code src/test/resources} with inputs for it
	 */
	public static void run(String name, FuzzTarget target, String... folders) throws IOException {
		// Of every input that is no key, no answer and so on, a line would be written.
		ch.qos.logback.classic.Logger client = (ch.qos.logback.classic.Logger) LoggerFactory
			.getLogger("io.github.fallbackai.client");
		client.setLevel(Level.OFF);
		try {
			new Fuzzing(name, target).run(Corpus.of(name, folders));
		}
		finally {
			client.setLevel(null);
		}
	}

	private void run(List<Corpus.Entry> corpus) {
		Seed seed = SEARCH ? Seed.any() : Seed.or(SEED_OF_THE_BUILD);
		try {
			assertTimeoutPreemptively(TIME.plus(LONGEST_REST), () -> {
				for (Corpus.Entry entry : corpus) {
					check(entry.bytes(), entry.name());
				}
				mutate(corpus.stream().map(Corpus.Entry::bytes).toList(), seed);
			});
		}
		catch (AssertionFailedError ex) {
			// It says where the target was when its time was over.
			throw new AssertionError(this.name + " does not come to an end: " + save(this.current) + ", " + seed, ex);
		}
	}

	private void mutate(List<byte[]> corpus, Seed seed) {
		Mutator mutator = new Mutator(new Random(seed.value()), corpus);
		long end = System.nanoTime() + TIME.toNanos();
		int number = 0;
		while (number < CASES && System.nanoTime() < end) {
			check(mutator.next(), "case " + number++ + ", " + seed);
		}
		logger.info("{}: {} inputs of {} checked in", this.name, number, corpus.size());
	}

	private void check(byte[] input, String which) {
		this.current = input;
		Throwable problem = problem(input);
		if (problem != null) {
			byte[] smallest = smallest(input, problem.getClass());
			throw new AssertionError(this.name + " fails: " + save(smallest) + ", made from " + which,
					problem(smallest));
		}
	}

	private Throwable problem(byte[] input) {
		long time = THREADS.getCurrentThreadCpuTime();
		long memory = THREADS.getCurrentThreadAllocatedBytes();
		try {
			this.target.read(input);
		}
		catch (Exception | Error ex) {
			return ex;
		}
		Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - time);
		long allocated = THREADS.getCurrentThreadAllocatedBytes() - memory;
		if (took.compareTo(LONGEST_CASE) > 0) {
			return new AssertionError(input.length + " bytes took " + took.toMillis() + " ms of a processor");
		}
		if (allocated > MOST_MEMORY) {
			return new AssertionError(input.length + " bytes took " + allocated / MEGABYTE + " MB");
		}
		return null;
	}

	/** Removes whatever can be removed so that the input still fails in the same way. */
	private byte[] smallest(byte[] input, Class<?> problem) {
		byte[] smallest = input;
		long end = System.nanoTime() + LONGEST_SHRINKING.toNanos();
		for (int size = Math.max(1, input.length / 2); size > 0; size /= 2) {
			for (int from = 0; from < smallest.length && System.nanoTime() < end;) {
				byte[] shorter = without(smallest, from, Math.min(from + size, smallest.length));
				Throwable other = problem(shorter);
				if (other != null && other.getClass() == problem) {
					smallest = shorter;
				}
				else {
					from += size;
				}
			}
		}
		return smallest;
	}

	private static byte[] without(byte[] input, int from, int to) {
		byte[] shorter = Arrays.copyOf(input, input.length - (to - from));
		System.arraycopy(input, to, shorter, from, input.length - to);
		return shorter;
	}

	private String save(byte[] input) {
		CRC32 hash = new CRC32();
		hash.update(input);
		Path file = Path.of("target", Corpus.FOUND + this.name + '-' + Long.toHexString(hash.getValue()));
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, input);
		}
		catch (IOException ex) {
			return Arrays.toString(input);
		}
		return file + " (to keep it: copy it to src/test/resources/" + Corpus.FOUND + this.name + ")";
	}

}
