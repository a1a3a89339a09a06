// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local repository of Maven that holds this build's artifacts and, by links, everything
 * that the usual one has. So neither of them is changed by the other, and nothing is
 * downloaded twice. Closing it removes the links.
 */
final class LocalRepository implements AutoCloseable {

	private static final Path OURS = Path.of("io", "github", "fallbackai");

	private static final List<String> MODULES = List.of("fallback-ai-core", "fallback-ai-spring-boot-autoconfigure",
			"fallback-ai-spring-boot-starter", "fallback-ai-spring-boot4-starter");

	private final Path root;

	private final String version;

	private final List<Path> links = new ArrayList<>();

	LocalRepository(Path root, String version) {
		this.root = root;
		this.version = version;
	}

	/** Whether the modules are packaged, which {@code mvn test} does not do. */
	boolean isBuilt() {
		return MODULES.stream().map(this::jar).allMatch(Files::exists);
	}

	/** Fills an empty folder. */
	Path fill(Path folder) throws IOException {
		Path usual = Path
			.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));
		Path from = usual;
		Path to = folder;
		for (Path own : OURS) {
			link(from, to, own.toString());
			from = from.resolve(own);
			to = Files.createDirectories(to.resolve(own));
		}
		put(to, "fallback-ai-parent", this.root);
		for (String module : MODULES) {
			Files.copy(jar(module), put(to, module, this.root.resolve(module)).resolve(name(module, ".jar")));
		}
		return folder;
	}

	private void link(Path from, Path to, String except) throws IOException {
		if (Files.isDirectory(from)) {
			try (Stream<Path> entries = Files.list(from)) {
				for (Path entry : entries.filter(Files::isDirectory).toList()) {
					if (!entry.getFileName().toString().equals(except)) {
						this.links
							.add(Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath()));
					}
				}
			}
		}
	}

	private Path put(Path group, String artifact, Path module) throws IOException {
		Path folder = Files.createDirectories(group.resolve(artifact).resolve(this.version));
		Files.copy(module.resolve("pom.xml"), folder.resolve(name(artifact, ".pom")));
		return folder;
	}

	private Path jar(String module) {
		return this.root.resolve(module).resolve("target").resolve(name(module, ".jar"));
	}

	@Override
	public void close() throws IOException {
		for (Path link : this.links) {
			Files.delete(link);
		}
	}

	private String name(String artifact, String extension) {
		return artifact + "-" + this.version + extension;
	}

}
