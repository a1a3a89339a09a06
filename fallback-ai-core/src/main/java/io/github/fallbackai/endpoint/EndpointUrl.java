// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The address of an endpoint, and what may be sent there. Asks no name server.
 *
 * @param url an absolute URL with a host
 */
public record EndpointUrl(URI url) {

	private static final int LAST_PORT = 65_535;

	private static final Pattern LOOPBACK_NAME = Pattern.compile("localhost|.+\\.localhost");

	private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

	private static final Pattern IP_ADDRESS = Pattern.compile(BYTE + "(\\." + BYTE + "){3}|\\[.*]");

	/**
	 * Hosts that some resolvers read as an address and others do not: one number, octal
	 * and hexadecimal numbers.
	 */
	private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

	/**
	 * Names and addresses, beside the link-local ones, under which clouds give
	 * credentials to every client.
	 */
	private static final Set<String> METADATA_SERVICES = Set.of("metadata", "metadata.google.internal", "metadata.goog",
			"instance-data", "instance-data.ec2.internal", "100.100.100.200", "192.0.0.192", "168.63.129.16",
			"fd00:ec2:0:0:0:0:0:254");

	public EndpointUrl {
		String host = url.getHost();
		boolean clear = host != null && (IP_ADDRESS.matcher(host).matches() || !ENDS_IN_NUMBER.matcher(host).matches());
		if (!clear || !(isScheme(url, "http") || isScheme(url, "https"))) {
			throw new InvalidValueException("url", "needs a scheme, http or https, and a host that is valid");
		}
		if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
			throw new InvalidValueException("url", "has a port that cannot exist (expected: 1 to " + LAST_PORT + ")");
		}
		if (url.getRawUserInfo() != null) {
			throw new InvalidValueException("url", "has credentials in it, which would end up in logs");
		}
	}

	/** Whether the endpoint is on this machine. */
	public boolean loopback() {
		InetAddress address = address();
		return (address != null) ? address.isLoopbackAddress() : LOOPBACK_NAME.matcher(host()).matches();
	}

	/** Whether a request to this address is encrypted or stays on this machine. */
	public boolean confidential() {
		return isScheme(this.url, "https") || loopback();
	}

	/**
	 * Whether a key may be sent there.
	 * @param allowInsecure whether the network is trusted
	 */
	public boolean mayCarryKey(boolean allowInsecure) {
		return allowInsecure || confidential();
	}

	/**
	 * Whether this cannot be the address of a provider: it is only valid on the local
	 * link, or it is the metadata service of a cloud, whose answers are secrets.
	 */
	public boolean forbidden() {
		InetAddress address = address();
		String host = (address != null) ? address.getHostAddress() : host();
		return METADATA_SERVICES.contains(host) || (address != null && address.isLinkLocalAddress());
	}

	private String host() {
		String host = this.url.getHost().toLowerCase(Locale.ROOT);
		return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
	}

	/** The host as an address, {@code null} if it is a name. Names are not resolved. */
	private @Nullable InetAddress address() {
		String host = host();
		if (!IP_ADDRESS.matcher(host).matches()) {
			return null;
		}
		int zone = host.indexOf('%');
		try {
			return InetAddress.getByName((zone > 0) ? host.substring(0, zone) + "]" : host);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static boolean isScheme(URI url, String scheme) {
		return scheme.equalsIgnoreCase(url.getScheme());
	}

	/** Shows neither path nor query, because these may hold secrets. */
	@Override
	public String toString() {
		return this.url.getScheme() + "://" + this.url.getHost();
	}

}
