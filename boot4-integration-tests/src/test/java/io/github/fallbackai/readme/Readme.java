// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of the README.
 */
final class Readme {

	private static final String FILE = "README.md";

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

	private final String text;

	private Readme(String text) {
		this.text = text;
	}

	static Readme read(Path root) throws IOException {
		return new Readme(Files.readString(root.resolve(FILE)));
	}

	/** The first block in that language that contains the words. */
	String block(String language, String words) {
		Matcher block = BLOCK.matcher(this.text);
		while (block.find()) {
			if (block.group(1).equals(language) && block.group(2).contains(words)) {
				return block.group(2);
			}
		}
		throw new AssertionError("no block of " + language + " with " + words + " in " + FILE);
	}

}
