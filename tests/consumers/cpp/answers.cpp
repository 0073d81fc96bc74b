// Prints each message's verdict and its path: the library behind a small C++ class, which turns spans into string views.
#include <hoptls.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class Message {
public:
    // Reads the message; nothing if the call was wrong (it never is for mail under 4 GiB).
    static std::optional<Message> read(std::string bytes, const hoptls_policy &policy = {})
    {
        Message m(std::move(bytes));
        if (hoptls_message_read(m.msg(), &policy, nullptr, 0, &m.report_) < 0) {
            return std::nullopt;
        }
        m.hops_.resize(m.report_.hops);
        if (hoptls_message_read(m.msg(), &policy, m.hops_.data(), m.report_.hops, &m.report_) < 0) {
            return std::nullopt;
        }
        return m;
    }

    hoptls_verdict verdict() const { return static_cast<hoptls_verdict>(report_.verdict); }
    const std::vector<hoptls_hop> &hops() const { return hops_; }
    std::string_view text(hoptls_span s) const { return std::string_view(bytes_).substr(s.off, s.len); }

private:
    explicit Message(std::string bytes) : bytes_(std::move(bytes)) {}
    hoptls_msg msg() const { return {reinterpret_cast<const std::uint8_t *>(bytes_.data()), bytes_.size()}; }

    std::string bytes_;
    std::vector<hoptls_hop> hops_;
    hoptls_report report_{};
};

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        std::ifstream in(argv[i], std::ios::binary);
        std::string bytes(std::istreambuf_iterator<char>(in), {});
        auto message = in ? Message::read(std::move(bytes)) : std::nullopt;
        if (!message) {
            std::cerr << "answers: " << argv[i] << ": cannot be read\n";
            return 1;
        }
        std::cout << hoptls_verdict_word(message->verdict()) << ' ' << argv[i] << '\n';
        for (const hoptls_hop &hop : message->hops()) {
            std::cerr << "  " << message->text(hop.by) << ' ' << hoptls_verdict_word(hop.verdict) << '\n';
        }
    }
    return 0;
}
