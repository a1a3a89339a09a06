// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions that the build has chosen.
 */
record RootPom(String text) {

	static RootPom read(Path root) throws IOException {
		return new RootPom(Files.readString(root.resolve("pom.xml")));
	}

	String version() {
		return find("<artifactId>fallback-ai-parent</artifactId>\\s*<version>(.+?)</version>");
	}

	String property(String name) {
		return find("<" + Pattern.quote(name) + ">(.+?)<");
	}

	String plugin(String name) {
		return find("<artifactId>" + name + "</artifactId>\\s*<version>(.+?)</version>");
	}

	private String find(String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(this.text);
		if (!matcher.find()) {
			throw new AssertionError("not in pom.xml: " + pattern);
		}
		return matcher.group(1);
	}

}
