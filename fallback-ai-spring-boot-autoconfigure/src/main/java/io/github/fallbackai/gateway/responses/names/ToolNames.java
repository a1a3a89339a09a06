// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses.names;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * The names of tools for providers that know neither namespaces nor custom tools. A name
 * in a namespace becomes {@code namespace__name}. Belongs to one request.
 */
public final class ToolNames {

	/** OpenAI and others refuse longer names. */
	private static final int LONGEST = 64;

	private static final String SEPARATOR = "__";

	private final Map<String, ClientTool> byFlatName = new HashMap<>();

	private final Map<String, String> flatNames = new HashMap<>();

	/**
	 * Adds a tool.
	 * @return its name for providers, {@code null} if the client gave the name twice
	 */
	public @Nullable String add(ClientTool tool) {
		String key = key(tool.namespace(), tool.name());
		if (this.flatNames.containsKey(key)) {
			return null;
		}
		String name = flat(tool.namespace(), tool.name());
		if (this.byFlatName.containsKey(name)) {
			name = shorten(name, key);
		}
		this.flatNames.put(key, name);
		this.byFlatName.put(name, tool);
		return name;
	}

	/** The name for providers, also of a tool that the request does not have any more. */
	public String forProviders(@Nullable String namespace, String name) {
		String known = this.flatNames.get(key(namespace, name));
		return (known != null) ? known : flat(namespace, name);
	}

	/** The tool that a model means. */
	public ClientTool forClient(String name) {
		ClientTool known = this.byFlatName.get(name);
		return (known != null) ? known : new ClientTool(null, name, false);
	}

	private static String key(@Nullable String namespace, String name) {
		return (namespace == null) ? name : namespace + '\n' + name;
	}

	private static String flat(@Nullable String namespace, String name) {
		if (namespace == null) {
			return name;
		}
		String between = namespace.endsWith(SEPARATOR) ? "" : SEPARATOR;
		String joined = (namespace + between + name).replaceAll("[^a-zA-Z0-9_-]", "_");
		return (joined.length() > LONGEST) ? shorten(joined, key(namespace, name)) : joined;
	}

	private static String shorten(String name, String key) {
		CRC32 hash = new CRC32();
		hash.update(key.getBytes(StandardCharsets.UTF_8));
		String end = '_' + String.format("%08x", hash.getValue());
		return name.substring(0, Math.min(name.length(), LONGEST - end.length())) + end;
	}

}
