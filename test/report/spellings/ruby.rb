# Everything Ruby makes of texts that a receiver may print; each as base64, so that bytes travel as they are, on a line.
require 'base64'
require 'cgi'
require 'erb'
require 'json'
require 'shellwords'
require 'uri'

def spelled(key)
  rails = ->(text) { JSON.generate(text).gsub(/[<>&\u2028\u2029]/) { |c| format('\\u%04x', c.ord) } }
  texts = [
    key,
    key.inspect,
    key.dump,
    { 'HTTP_AUTHORIZATION' => "Bearer #{key}" }.inspect,
    JSON.generate(key),
    JSON.generate(key, ascii_only: true),
    JSON.generate(key, script_safe: true),
    rails.call(key),
    rails.call(rails.call(key)),
    CGI.escape(key),
    CGI.escapeHTML(key),
    ERB::Util.html_escape(rails.call(key)),
    ERB::Util.url_encode(key),
    URI.encode_www_form('a' => key),
    Base64.encode64(key),
    Base64.encode64("#{'x' * 55}#{key}"),
    Base64.strict_encode64("Bearer #{key}"),
    Base64.urlsafe_encode64("ab#{key}", padding: false),
    key.unpack1('H*'),
  ]
  texts.map { |text| Base64.strict_encode64(text) }
end

puts JSON.generate($stdin.map { |line| spelled(Base64.decode64(line).force_encoding('UTF-8')) })
