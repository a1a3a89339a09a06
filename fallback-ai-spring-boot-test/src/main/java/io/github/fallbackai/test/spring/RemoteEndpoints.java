package io.github.fallbackai.test.spring;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * The configured endpoints that are not on this machine. A test with simulators must not
 * ask them: they cost money, and make the test depend on a provider.
 */
final class RemoteEndpoints {

	private static final String PREFIX = "fallback.ai.";

	private static final Bindable<List<Map<String, Object>>> LIST = Bindable.of(ResolvableType
		.forClassWithGenerics(List.class, ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class)));

	private static final Pattern LOOPBACK_NAME = Pattern.compile("localhost|.+\\.localhost", Pattern.CASE_INSENSITIVE);

	/** Only addresses are looked up, which asks no name server. */
	private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

	private final Binder binder;

	private RemoteEndpoints(Environment environment) {
		this.binder = Binder.get(environment);
	}

	/**
	 * Switches them off, provided that an endpoint of the test is on this machine.
	 * @param environment the test's environment
	 * @return the properties that do so
	 */
	static Map<String, Object> off(Environment environment) {
		return new RemoteEndpoints(environment).off();
	}

	private Map<String, Object> off() {
		Map<String, Object> off = new LinkedHashMap<>();
		List<Map<String, Object>> endpoints = this.binder.bind(PREFIX + "endpoints", LIST).orElse(List.of());
		for (Map<String, Object> endpoint : endpoints) {
			String name = name(endpoint);
			if (!isLoopback(url(name, endpoint))) {
				off.put(override(name, "enabled").toString(), false);
			}
		}
		return (off.size() < endpoints.size()) ? off : Map.of();
	}

	/** As the library names an endpoint that has no name. */
	private String name(Map<String, Object> endpoint) {
		Object name = endpoint.get("name");
		if (name != null) {
			return name.toString();
		}
		Object provider = endpoint.getOrDefault("provider", value("defaults.provider"));
		Object model = endpoint.getOrDefault("model", value("defaults.model"));
		return (((provider != null) ? provider : "openai") + "-" + model).strip().replace('/', '-');
	}

	private @Nullable Object url(String name, Map<String, Object> endpoint) {
		String override = this.binder.bind(override(name, "url"), Bindable.of(String.class)).orElse(null);
		return (override != null) ? override : endpoint.getOrDefault("url", value("defaults.url"));
	}

	private @Nullable String value(String property) {
		return this.binder.bind(PREFIX + property, String.class).orElse(null);
	}

	private static ConfigurationPropertyName override(String name, String property) {
		return ConfigurationPropertyName.adapt(PREFIX + "overrides." + name + '.' + property, '.');
	}

	private static boolean isLoopback(@Nullable Object url) {
		try {
			String host = (url != null) ? URI.create(url.toString().strip()).getHost() : null;
			return host != null && (LOOPBACK_NAME.matcher(host).matches()
					|| (ADDRESS.matcher(host).matches() && InetAddress.getByName(host).isLoopbackAddress()));
		}
		catch (IllegalArgumentException | UnknownHostException ex) {
			return false;
		}
	}

}
