// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Inputs that are checked in, from which others are made: every file below some folders
 * of {@code src/test/resources}.
 */
public final class Corpus {

	/** Where inputs are that were found by fuzzing. */
	static final String FOUND = "fuzz/";

	private static final Path RESOURCES = Path.of("src", "test", "resources");

	private Corpus() {
	}

	/**
	 * Reads a corpus.
	 * @param name name of the target, whose own folder is always read
	 * @param folders further folders
	 */
	static List<Entry> of(String name, String... folders) throws IOException {
		List<Entry> entries = new ArrayList<>();
		for (String folder : Stream.concat(Stream.of(FOUND + name), Stream.of(folders)).toList()) {
			try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
				for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
					entries.add(new Entry(file.toString(), Files.readAllBytes(file)));
				}
			}
		}
		return entries;
	}

	/**
	 * An input.
	 *
	 * @param name its file
	 * @param bytes its content
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Entry(String name, byte[] bytes) {

	}

}
